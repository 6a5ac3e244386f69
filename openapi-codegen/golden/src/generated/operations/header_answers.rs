// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /answers/headers`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::decode::FromHeaders;
use client_core::http::{HeaderMap, Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::Decimal;

use crate::generated::models::Colour;

/// Does it.
///
/// Made by [`GoldenClient::header_answers`](crate::generated::GoldenClient::header_answers).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct HeaderAnswers;

impl HeaderAnswers {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for HeaderAnswers {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("headerAnswers", Method::GET, "/answers/headers")
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

/// The headers that `GET /answers/headers` answers with, beside those that every `Response` offers.
///
/// Read by `response.headers_as::<HeaderAnswersHeaders>()`.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderAnswersHeaders {
    /// A text.
    pub x_text: String,
    /// A number. Range: at least 0.
    pub x_count: Option<u32>,
    /// Yes or no.
    pub x_flag: bool,
    /// A colour.
    pub x_colour: Option<Colour>,
    /// An amount.
    pub x_amount: Option<Decimal>,
}

impl FromHeaders for HeaderAnswersHeaders {
    fn from_headers(headers: &HeaderMap) -> Result<Self, DecodeError> {
        Ok(Self {
            x_text: decode::text_header(headers, "x-text")?.ok_or_else(|| DecodeError::header("x-text"))?,
            x_count: decode::header(headers, "x-count")?,
            x_flag: decode::header(headers, "x-flag")?.ok_or_else(|| DecodeError::header("x-flag"))?,
            x_colour: decode::text_header(headers, "x-colour")?,
            x_amount: decode::text_header(headers, "x-amount")?,
        })
    }
}
