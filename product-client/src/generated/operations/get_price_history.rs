// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /products/variants/{variantId}/price-history`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{
    BuildError, DecodeError, Idempotency, Operation, OperationInfo, Page, Paged, RequestBuilder, decode,
};
use product_types::VariantId;

use crate::generated::Call;
use crate::generated::models::{PriceHistoryEntry, PriceHistoryPage};

/// Lists the prices that a variant had, newest first, a page at a time.
///
/// Made by [`ProductClient::get_price_history`](crate::generated::ProductClient::get_price_history).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetPriceHistory {
    /// The variant.
    pub variant_id: VariantId,
    /// Which page, counted from 1. Range: 1 to 1000000. Default: `1`.
    pub page: Option<u32>,
    /// How many items a page holds at most. Range: 1 to 100. Default: `20`.
    pub limit: Option<u32>,
}

impl GetPriceHistory {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(variant_id: VariantId) -> Self {
        Self {
            variant_id,
            page: None,
            limit: None,
        }
    }
}

impl Operation for GetPriceHistory {
    type Output = PriceHistoryPage;

    const INFO: &'static OperationInfo = &OperationInfo::new(
        "getPriceHistory",
        Method::GET,
        "/products/variants/{variantId}/price-history",
    )
    .with_idempotency(Idempotency::Idempotent)
    .with_timeouts(
        Duration::from_secs(1),
        Duration::from_secs(2),
        Duration::from_secs(5),
    )
    .with_breaker_group("catalogue-reads");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("variantId", &self.variant_id)
            .query_opt("page", self.page.as_ref())
            .query_opt("limit", self.limit.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Paged for GetPriceHistory {
    type Item = PriceHistoryEntry;

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

impl Call<GetPriceHistory> {
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
}
