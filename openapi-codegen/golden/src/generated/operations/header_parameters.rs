// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /parameters/headers`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::Call;

/// Does it.
///
/// Made by [`GoldenClient::header_parameters`](crate::generated::GoldenClient::header_parameters).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HeaderParameters {
    /// What.
    pub x_must: String,
    /// What.
    pub x_may: Option<i32>,
}

impl HeaderParameters {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(x_must: impl Into<String>) -> Self {
        Self {
            x_must: x_must.into(),
            x_may: None,
        }
    }
}

impl Operation for HeaderParameters {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("headerParameters", Method::GET, "/parameters/headers")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .header("x-must", &self.x_must)
            .header_opt("x-may", self.x_may.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}

impl Call<HeaderParameters> {
    /// What.
    pub fn x_may(mut self, x_may: i32) -> Self {
        self.operation_mut().x_may = Some(x_may);
        self
    }
}
