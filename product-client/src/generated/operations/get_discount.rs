// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /discounts/{discountId}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::DiscountId;

use crate::generated::Call;
use crate::generated::models::Discount;

/// Reads a discount.
///
/// Made by [`ProductClient::get_discount`](crate::generated::ProductClient::get_discount).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetDiscount {
    /// The discount.
    pub discount_id: DiscountId,
    /// An `ETag` that the caller holds, or a list of them. 304 when the resource still has it.
    pub if_none_match: Option<String>,
}

impl GetDiscount {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(discount_id: DiscountId) -> Self {
        Self {
            discount_id,
            if_none_match: None,
        }
    }
}

impl Operation for GetDiscount {
    type Output = Discount;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("getDiscount", Method::GET, "/discounts/{discountId}")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("catalogue-reads");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("discountId", &self.discount_id)
            .header_opt("if-none-match", self.if_none_match.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Call<GetDiscount> {
    /// An `ETag` that the caller holds, or a list of them. 304 when the resource still has it.
    pub fn if_none_match(mut self, if_none_match: impl Into<String>) -> Self {
        self.operation_mut().if_none_match = Some(if_none_match.into());
        self
    }
}
