// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /health/liveness`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Health;

/// Tells that the process answers.
///
/// Made by [`ProductClient::get_liveness`](crate::generated::ProductClient::get_liveness).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct GetLiveness;

impl GetLiveness {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for GetLiveness {
    type Output = Health;

    const INFO: &'static OperationInfo = &OperationInfo::new("getLiveness", Method::GET, "/health/liveness")
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
