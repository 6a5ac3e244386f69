// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `POST /products`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::{Product, ProductCreate};

/// Creates a product, with its first variants if wanted.
///
/// Made by [`ProductClient::create_product`](crate::generated::ProductClient::create_product).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreateProduct {
    /// What is sent.
    pub body: ProductCreate,
}

impl CreateProduct {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: ProductCreate) -> Self {
        Self { body }
    }
}

impl Operation for CreateProduct {
    type Output = Product;

    const INFO: &'static OperationInfo = &OperationInfo::new("createProduct", Method::POST, "/products")
        .with_idempotency(Idempotency::WithKey)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(3),
            Duration::from_secs(8),
        )
        .with_breaker_group("catalogue-writes");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).json(&self.body).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
