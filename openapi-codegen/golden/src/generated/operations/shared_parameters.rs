// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /parameters/shared/{id}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::Call;

/// Does it.
///
/// Made by [`GoldenClient::shared_parameters`](crate::generated::GoldenClient::shared_parameters).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SharedParameters {
    /// Its number. Range: at least 1.
    pub id: u64,
    /// Of the operation.
    pub n: Option<String>,
}

impl SharedParameters {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(id: u64) -> Self {
        Self { id, n: None }
    }
}

impl Operation for SharedParameters {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("sharedParameters", Method::GET, "/parameters/shared/{id}")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("id", &self.id)
            .query_opt("n", self.n.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}

impl Call<SharedParameters> {
    /// Of the operation.
    pub fn n(mut self, n: impl Into<String>) -> Self {
        self.operation_mut().n = Some(n.into());
        self
    }
}
