// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `PUT /products/variants/{variantId}/price`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::VariantId;

use crate::generated::models::{Price, SetPrice};

/// Sets the price of a variant, at once or from a moment to come.
///
/// Made by [`ProductClient::set_variant_price`](crate::generated::ProductClient::set_variant_price).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SetVariantPrice {
    /// The variant.
    pub variant_id: VariantId,
    /// What is sent.
    pub body: SetPrice,
}

impl SetVariantPrice {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(variant_id: VariantId, body: SetPrice) -> Self {
        Self { variant_id, body }
    }
}

impl Operation for SetVariantPrice {
    type Output = Price;

    const INFO: &'static OperationInfo = &OperationInfo::new(
        "setVariantPrice",
        Method::PUT,
        "/products/variants/{variantId}/price",
    )
    .with_idempotency(Idempotency::Idempotent)
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
