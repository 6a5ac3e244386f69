// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /security/roles`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Does it.
///
/// Made by [`GoldenClient::security_roles`](crate::generated::GoldenClient::security_roles).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SecurityRoles;

impl SecurityRoles {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for SecurityRoles {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("securityRoles", Method::GET, "/security/roles")
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
