// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `POST /products/batch`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::{ProductBatch, ProductIds};

/// Reads up to 100 products in one round trip.
///
/// Made by [`ProductClient::batch_products`](crate::generated::ProductClient::batch_products).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BatchProducts {
    /// What is sent.
    pub body: ProductIds,
}

impl BatchProducts {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: ProductIds) -> Self {
        Self { body }
    }
}

impl Operation for BatchProducts {
    type Output = ProductBatch;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("batchProducts", Method::POST, "/products/batch")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("batch-reads");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).json(&self.body).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
