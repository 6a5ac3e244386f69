// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /products/variants/{variantId}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::VariantId;

use crate::generated::Call;
use crate::generated::models::Variant;

/// Reads a variant with its price and whether it can be bought right now.
///
/// Made by [`ProductClient::get_variant`](crate::generated::ProductClient::get_variant).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetVariant {
    /// The variant.
    pub variant_id: VariantId,
    /// An `ETag` that the caller holds, or a list of them. 304 when the resource still has it.
    pub if_none_match: Option<String>,
}

impl GetVariant {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(variant_id: VariantId) -> Self {
        Self {
            variant_id,
            if_none_match: None,
        }
    }
}

impl Operation for GetVariant {
    type Output = Variant;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("getVariant", Method::GET, "/products/variants/{variantId}")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_millis(500),
                Duration::from_millis(600),
                Duration::from_millis(1500),
            )
            .with_breaker_group("checkout-reads")
            .with_hedging(true);

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("variantId", &self.variant_id)
            .header_opt("if-none-match", self.if_none_match.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Call<GetVariant> {
    /// An `ETag` that the caller holds, or a list of them. 304 when the resource still has it.
    pub fn if_none_match(mut self, if_none_match: impl Into<String>) -> Self {
        self.operation_mut().if_none_match = Some(if_none_match.into());
        self
    }
}
