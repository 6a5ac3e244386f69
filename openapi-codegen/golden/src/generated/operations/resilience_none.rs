// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `DELETE /resilience/none`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Does it.
///
/// Made by [`GoldenClient::resilience_none`](crate::generated::GoldenClient::resilience_none).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ResilienceNone;

impl ResilienceNone {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for ResilienceNone {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("resilienceNone", Method::DELETE, "/resilience/none")
            .with_idempotency(Idempotency::NotIdempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
