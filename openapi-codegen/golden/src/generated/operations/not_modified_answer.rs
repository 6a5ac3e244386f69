// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /answers/not-modified`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Small;

/// Does it.
///
/// Made by [`GoldenClient::not_modified_answer`](crate::generated::GoldenClient::not_modified_answer).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct NotModifiedAnswer;

impl NotModifiedAnswer {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for NotModifiedAnswer {
    type Output = NotModifiedAnswerAnswer;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("notModifiedAnswer", Method::GET, "/answers/not-modified")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("default")
            .with_not_modified(true);

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        match response.status().as_u16() {
            200 => decode::json(response).map(NotModifiedAnswerAnswer::Ok),
            304 => Ok(NotModifiedAnswerAnswer::NotModified),
            _ => Err(DecodeError::status(response.status())),
        }
    }
}

/// What `GET /answers/not-modified` answers.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "made once an answer, and moved")]
pub enum NotModifiedAnswerAnswer {
    /// `200`: Done.
    Ok(Small),
    /// `304`: Not changed.
    NotModified,
}
