// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /openapi.json`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use serde_json::{Map, Value};

/// Reads this document, as JSON.
///
/// Made by [`ProductClient::get_document`](crate::generated::ProductClient::get_document).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct GetDocument;

impl GetDocument {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for GetDocument {
    type Output = Map<String, Value>;

    const INFO: &'static OperationInfo = &OperationInfo::new("getDocument", Method::GET, "/openapi.json")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("health")
        .with_server("/api/v1", "");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
