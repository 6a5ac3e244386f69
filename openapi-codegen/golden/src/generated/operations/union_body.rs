// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `PUT /bodies/union`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Shape;

/// Does it.
///
/// Made by [`GoldenClient::union_body`](crate::generated::GoldenClient::union_body).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UnionBody {
    /// What is sent.
    pub body: Shape,
}

impl UnionBody {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: Shape) -> Self {
        Self { body }
    }
}

impl Operation for UnionBody {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("unionBody", Method::PUT, "/bodies/union")
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
