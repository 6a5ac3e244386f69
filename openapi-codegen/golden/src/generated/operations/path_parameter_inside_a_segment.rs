// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /parameters/{inner}.json`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Does it.
///
/// Made by [`GoldenClient::path_parameter_inside_a_segment`](crate::generated::GoldenClient::path_parameter_inside_a_segment).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PathParameterInsideASegment {
    /// What.
    pub inner: String,
}

impl PathParameterInsideASegment {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(inner: impl Into<String>) -> Self {
        Self { inner: inner.into() }
    }
}

impl Operation for PathParameterInsideASegment {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new(
        "pathParameterInsideASegment",
        Method::GET,
        "/parameters/{inner}.json",
    )
    .with_idempotency(Idempotency::Idempotent)
    .with_timeouts(
        Duration::from_secs(1),
        Duration::from_secs(2),
        Duration::from_secs(5),
    )
    .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("inner", &self.inner)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
