// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `POST /categories`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::{Category, CategoryCreate};

/// Creates a category.
///
/// Made by [`ProductClient::create_category`](crate::generated::ProductClient::create_category).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreateCategory {
    /// What is sent.
    pub body: CategoryCreate,
}

impl CreateCategory {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: CategoryCreate) -> Self {
        Self { body }
    }
}

impl Operation for CreateCategory {
    type Output = Category;

    const INFO: &'static OperationInfo = &OperationInfo::new("createCategory", Method::POST, "/categories")
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
