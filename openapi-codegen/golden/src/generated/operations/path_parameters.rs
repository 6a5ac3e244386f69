// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /parameters/path/{text}/{whole}/{tag}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Colour;

/// Does it.
///
/// Made by [`GoldenClient::path_parameters`](crate::generated::GoldenClient::path_parameters).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PathParameters {
    /// What.
    pub text: String,
    /// What.
    pub whole: i64,
    /// What.
    pub tag: Colour,
}

impl PathParameters {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(text: impl Into<String>, whole: i64, tag: Colour) -> Self {
        Self {
            text: text.into(),
            whole,
            tag,
        }
    }
}

impl Operation for PathParameters {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new(
        "pathParameters",
        Method::GET,
        "/parameters/path/{text}/{whole}/{tag}",
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
            .path_parameter("text", &self.text)
            .path_parameter("whole", &self.whole)
            .path_parameter("tag", &self.tag)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
