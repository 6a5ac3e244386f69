// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /security/none`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Does it.
///
/// Made by [`GoldenClient::security_none`](crate::generated::GoldenClient::security_none).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SecurityNone;

impl SecurityNone {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for SecurityNone {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("securityNone", Method::GET, "/security/none")
        .with_idempotency(Idempotency::Idempotent)
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
