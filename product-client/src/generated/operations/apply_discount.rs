// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `POST /products/variants/{variantId}/discounts`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::VariantId;

use crate::generated::models::{DiscountApply, Price};

/// Applies a discount to a variant.
///
/// Made by [`ProductClient::apply_discount`](crate::generated::ProductClient::apply_discount).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ApplyDiscount {
    /// The variant.
    pub variant_id: VariantId,
    /// What is sent.
    pub body: DiscountApply,
}

impl ApplyDiscount {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(variant_id: VariantId, body: DiscountApply) -> Self {
        Self { variant_id, body }
    }
}

impl Operation for ApplyDiscount {
    type Output = Price;

    const INFO: &'static OperationInfo = &OperationInfo::new(
        "applyDiscount",
        Method::POST,
        "/products/variants/{variantId}/discounts",
    )
    .with_idempotency(Idempotency::WithKey)
    .with_timeouts(
        Duration::from_secs(1),
        Duration::from_secs(3),
        Duration::from_secs(8),
    )
    .with_breaker_group("catalogue-writes");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("variantId", &self.variant_id)
            .json(&self.body)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
