// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /beside/other`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Does it.
///
/// Made by [`GoldenClient::beside_elsewhere`](crate::generated::GoldenClient::beside_elsewhere).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct BesideElsewhere;

impl BesideElsewhere {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for BesideElsewhere {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("besideElsewhere", Method::GET, "/beside/other")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("default")
        .with_server("/api/v2", "/admin");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
