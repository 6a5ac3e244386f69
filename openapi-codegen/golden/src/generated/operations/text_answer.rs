// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /answers/text`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Does it.
///
/// Made by [`GoldenClient::text_answer`](crate::generated::GoldenClient::text_answer).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct TextAnswer;

impl TextAnswer {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for TextAnswer {
    type Output = String;

    const INFO: &'static OperationInfo = &OperationInfo::new("textAnswer", Method::GET, "/answers/text")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .header("accept", "text/plain")
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::text(response)
    }
}
