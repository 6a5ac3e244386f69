// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /health/readiness`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Health;

/// Tells whether the service can do its work, with the state of each dependency.
///
/// Made by [`ProductClient::get_readiness`](crate::generated::ProductClient::get_readiness).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct GetReadiness;

impl GetReadiness {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for GetReadiness {
    type Output = Health;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("getReadiness", Method::GET, "/health/readiness")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("health");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
