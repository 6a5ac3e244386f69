// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /loans`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{
    BuildError, DecodeError, Idempotency, Operation, OperationInfo, Page, Paged, RequestBuilder, decode,
};

use crate::generated::Call;
use crate::generated::models::{Loan, LoanPage};

/// Lists what is lent, a page at a time.
///
/// Made by [`LibraryClient::list_loans`](crate::generated::LibraryClient::list_loans).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ListLoans {
    /// Which page. Range: at least 1. Default: `1`.
    pub page: Option<u32>,
    /// How many a page holds. Range: 1 to 50. Default: `10`.
    pub limit: Option<u32>,
}

impl ListLoans {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for ListLoans {
    type Output = LoanPage;

    const INFO: &'static OperationInfo = &OperationInfo::new("listLoans", Method::GET, "/loans")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .query_opt("page", self.page.as_ref())
            .query_opt("limit", self.limit.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Paged for ListLoans {
    type Item = Loan;

    fn set_page(&mut self, page: u32) {
        self.page = Some(page);
    }

    fn page(output: Self::Output) -> Page<Self::Item> {
        Page {
            items: output.items,
            total: output.total.into(),
            page: output.page,
            limit: output.limit,
        }
    }
}

impl Call<ListLoans> {
    /// Which page. Range: at least 1. Default: `1`.
    pub fn page(mut self, page: u32) -> Self {
        self.operation_mut().page = Some(page);
        self
    }

    /// How many a page holds. Range: 1 to 50. Default: `10`.
    pub fn limit(mut self, limit: u32) -> Self {
        self.operation_mut().limit = Some(limit);
        self
    }
}
