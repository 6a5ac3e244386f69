// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `HEAD /products/{productId}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::ProductId;

use crate::generated::Call;

/// Tells whether a product exists, without its body.
///
/// Made by [`ProductClient::head_product`](crate::generated::ProductClient::head_product).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HeadProduct {
    /// The product.
    pub product_id: ProductId,
    /// An `ETag` that the caller holds, or a list of them. 304 when the resource still has it.
    pub if_none_match: Option<String>,
}

impl HeadProduct {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(product_id: ProductId) -> Self {
        Self {
            product_id,
            if_none_match: None,
        }
    }
}

impl Operation for HeadProduct {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("headProduct", Method::HEAD, "/products/{productId}")
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
            .header_opt("if-none-match", self.if_none_match.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}

impl Call<HeadProduct> {
    /// An `ETag` that the caller holds, or a list of them. 304 when the resource still has it.
    pub fn if_none_match(mut self, if_none_match: impl Into<String>) -> Self {
        self.operation_mut().if_none_match = Some(if_none_match.into());
        self
    }
}
