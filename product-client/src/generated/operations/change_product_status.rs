// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `POST /products/{productId}/status`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::ProductId;

use crate::generated::models::{Product, ProductStatusChange};

/// Changes the status of a product, and nothing else.
///
/// Made by [`ProductClient::change_product_status`](crate::generated::ProductClient::change_product_status).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ChangeProductStatus {
    /// The product.
    pub product_id: ProductId,
    /// What is sent.
    pub body: ProductStatusChange,
}

impl ChangeProductStatus {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(product_id: ProductId, body: ProductStatusChange) -> Self {
        Self { product_id, body }
    }
}

impl Operation for ChangeProductStatus {
    type Output = Product;

    const INFO: &'static OperationInfo = &OperationInfo::new(
        "changeProductStatus",
        Method::POST,
        "/products/{productId}/status",
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
            .path_parameter("productId", &self.product_id)
            .json(&self.body)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
