// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /resilience/all`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Does it.
///
/// Made by [`GoldenClient::resilience_all`](crate::generated::GoldenClient::resilience_all).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ResilienceAll;

impl ResilienceAll {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for ResilienceAll {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("resilienceAll", Method::GET, "/resilience/all")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_millis(250),
            Duration::from_millis(400),
            Duration::from_millis(1250),
        )
        .with_breaker_group("slow")
        .with_hedging(true)
        .with_cost(3);

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
