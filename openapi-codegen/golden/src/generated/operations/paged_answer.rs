// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /answers/pages`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{
    BuildError, DecodeError, Idempotency, Operation, OperationInfo, Page, Paged, RequestBuilder, decode,
};

use crate::generated::Call;
use crate::generated::models::{Small, SmallPage};

/// Does it.
///
/// Made by [`GoldenClient::paged_answer`](crate::generated::GoldenClient::paged_answer).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct PagedAnswer {
    /// What. Range: at least 1.
    pub page: Option<u32>,
}

impl PagedAnswer {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for PagedAnswer {
    type Output = SmallPage;

    const INFO: &'static OperationInfo = &OperationInfo::new("pagedAnswer", Method::GET, "/answers/pages")
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
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Paged for PagedAnswer {
    type Item = Small;

    fn set_page(&mut self, page: u32) {
        self.page = Some(page);
    }

    fn page(output: Self::Output) -> Page<Self::Item> {
        Page {
            items: output.items,
            total: output.total,
            page: output.page,
            limit: output.limit,
        }
    }
}

impl Call<PagedAnswer> {
    /// What. Range: at least 1.
    pub fn page(mut self, page: u32) -> Self {
        self.operation_mut().page = Some(page);
        self
    }
}
