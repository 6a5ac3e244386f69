// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `POST /products/variants/batch`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::{VariantBatch, VariantIds};

/// Reads up to 100 variants with their prices, a whole cart in one round trip.
///
/// Made by [`ProductClient::batch_variants`](crate::generated::ProductClient::batch_variants).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BatchVariants {
    /// What is sent.
    pub body: VariantIds,
}

impl BatchVariants {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: VariantIds) -> Self {
        Self { body }
    }
}

impl Operation for BatchVariants {
    type Output = VariantBatch;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("batchVariants", Method::POST, "/products/variants/batch")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_millis(500),
                Duration::from_millis(600),
                Duration::from_millis(1500),
            )
            .with_breaker_group("checkout-reads")
            .with_hedging(true);

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).json(&self.body).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
