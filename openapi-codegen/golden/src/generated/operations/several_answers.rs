// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `PUT /answers/several`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Small;

/// Does it.
///
/// Made by [`GoldenClient::several_answers`](crate::generated::GoldenClient::several_answers).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SeveralAnswers;

impl SeveralAnswers {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for SeveralAnswers {
    type Output = SeveralAnswersAnswer;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("severalAnswers", Method::PUT, "/answers/several")
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
        match response.status().as_u16() {
            200 => decode::json(response).map(SeveralAnswersAnswer::Ok),
            201 => decode::json(response).map(SeveralAnswersAnswer::Created),
            202 => Ok(SeveralAnswersAnswer::Accepted),
            204 => Ok(SeveralAnswersAnswer::NoContent),
            _ => Err(DecodeError::status(response.status())),
        }
    }
}

/// What `PUT /answers/several` answers.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "made once an answer, and moved")]
pub enum SeveralAnswersAnswer {
    /// `200`: Done.
    Ok(Small),
    /// `201`: Made.
    Created(Small),
    /// `202`: Later.
    Accepted,
    /// `204`: Gone.
    NoContent,
}
