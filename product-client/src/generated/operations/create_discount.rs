// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `POST /discounts`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::{Discount, DiscountCreate};

/// Creates a discount; it takes effect on the variants that it is applied to.
///
/// Made by [`ProductClient::create_discount`](crate::generated::ProductClient::create_discount).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreateDiscount {
    /// What is sent.
    pub body: DiscountCreate,
}

impl CreateDiscount {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: DiscountCreate) -> Self {
        Self { body }
    }
}

impl Operation for CreateDiscount {
    type Output = Discount;

    const INFO: &'static OperationInfo = &OperationInfo::new("createDiscount", Method::POST, "/discounts")
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
