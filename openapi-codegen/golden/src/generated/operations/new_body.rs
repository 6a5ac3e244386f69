// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `POST /bodies/new`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::NewThing;

/// Does it.
///
/// Made by [`GoldenClient::new_body`](crate::generated::GoldenClient::new_body).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NewBody {
    /// What is sent.
    pub body: NewThing,
}

impl NewBody {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: NewThing) -> Self {
        Self { body }
    }
}

impl Operation for NewBody {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("newBody", Method::POST, "/bodies/new")
        .with_idempotency(Idempotency::WithKey)
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
