// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `PUT /bodies/wide`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Wide;

/// Does it.
///
/// Made by [`GoldenClient::wide_body`](crate::generated::GoldenClient::wide_body).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WideBody {
    /// What is sent.
    pub body: Wide,
}

impl WideBody {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: Wide) -> Self {
        Self { body }
    }
}

impl Operation for WideBody {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("wideBody", Method::PUT, "/bodies/wide")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).json(&self.body).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
