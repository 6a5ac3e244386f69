// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `DELETE /categories/{categoryId}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::CategoryId;

use crate::generated::Call;

/// Deletes a category that nothing is in.
///
/// Made by [`ProductClient::delete_category`](crate::generated::ProductClient::delete_category).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeleteCategory {
    /// The category.
    pub category_id: CategoryId,
    /// The `ETag` that the caller has seen, or `*`. 412 when the resource has another one by now.
    pub if_match: Option<String>,
}

impl DeleteCategory {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(category_id: CategoryId) -> Self {
        Self {
            category_id,
            if_match: None,
        }
    }
}

impl Operation for DeleteCategory {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("deleteCategory", Method::DELETE, "/categories/{categoryId}")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(3),
                Duration::from_secs(8),
            )
            .with_breaker_group("catalogue-writes");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("categoryId", &self.category_id)
            .header_opt("if-match", self.if_match.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}

impl Call<DeleteCategory> {
    /// The `ETag` that the caller has seen, or `*`. 412 when the resource has another one by now.
    pub fn if_match(mut self, if_match: impl Into<String>) -> Self {
        self.operation_mut().if_match = Some(if_match.into());
        self
    }
}
