// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /discounts`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{
    BuildError, DecodeError, Idempotency, Operation, OperationInfo, Page, Paged, RequestBuilder, decode,
};

use crate::generated::Call;
use crate::generated::models::{Discount, DiscountPage, DiscountStatus, DiscountType};

/// Lists discounts, newest first, a page at a time.
///
/// Made by [`ProductClient::list_discounts`](crate::generated::ProductClient::list_discounts).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ListDiscounts {
    /// Which page, counted from 1. Range: 1 to 1000000. Default: `1`.
    pub page: Option<u32>,
    /// How many items a page holds at most. Range: 1 to 100. Default: `20`.
    pub limit: Option<u32>,
    /// Only discounts in this status.
    pub status: Option<DiscountStatus>,
    /// Only discounts of this type.
    pub r#type: Option<DiscountType>,
}

impl ListDiscounts {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for ListDiscounts {
    type Output = DiscountPage;

    const INFO: &'static OperationInfo = &OperationInfo::new("listDiscounts", Method::GET, "/discounts")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("catalogue-reads");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .query_opt("page", self.page.as_ref())
            .query_opt("limit", self.limit.as_ref())
            .query_opt("status", self.status.as_ref())
            .query_opt("type", self.r#type.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Paged for ListDiscounts {
    type Item = Discount;

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

impl Call<ListDiscounts> {
    /// Which page, counted from 1. Range: 1 to 1000000. Default: `1`.
    pub fn page(mut self, page: u32) -> Self {
        self.operation_mut().page = Some(page);
        self
    }

    /// How many items a page holds at most. Range: 1 to 100. Default: `20`.
    pub fn limit(mut self, limit: u32) -> Self {
        self.operation_mut().limit = Some(limit);
        self
    }

    /// Only discounts in this status.
    pub fn status(mut self, status: DiscountStatus) -> Self {
        self.operation_mut().status = Some(status);
        self
    }

    /// Only discounts of this type.
    pub fn r#type(mut self, r#type: DiscountType) -> Self {
        self.operation_mut().r#type = Some(r#type);
        self
    }
}
