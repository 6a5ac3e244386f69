// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `PUT /bodies/object`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Everything;

/// Does it.
///
/// Made by [`GoldenClient::object_body`](crate::generated::GoldenClient::object_body).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObjectBody {
    /// What is sent.
    pub body: Everything,
}

impl ObjectBody {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: Everything) -> Self {
        Self { body }
    }
}

impl Operation for ObjectBody {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("objectBody", Method::PUT, "/bodies/object")
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
