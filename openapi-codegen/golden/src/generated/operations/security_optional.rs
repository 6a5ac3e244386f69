// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /security/optional`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Does it.
///
/// Made by [`GoldenClient::security_optional`](crate::generated::GoldenClient::security_optional).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SecurityOptional;

impl SecurityOptional {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for SecurityOptional {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("securityOptional", Method::GET, "/security/optional")
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
