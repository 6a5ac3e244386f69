// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /products/{productId}/validation-status`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::ProductId;

use crate::generated::models::ProductValidationStatus;

/// Tells whether a product may be reviewed and bought, the light check of a review that is handed in.
///
/// Made by [`ProductClient::get_product_validation_status`](crate::generated::ProductClient::get_product_validation_status).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetProductValidationStatus {
    /// The product.
    pub product_id: ProductId,
}

impl GetProductValidationStatus {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(product_id: ProductId) -> Self {
        Self { product_id }
    }
}

impl Operation for GetProductValidationStatus {
    type Output = ProductValidationStatus;

    const INFO: &'static OperationInfo = &OperationInfo::new(
        "getProductValidationStatus",
        Method::GET,
        "/products/{productId}/validation-status",
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
            .path_parameter("productId", &self.product_id)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
