// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /parameters/old`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::Call;

/// Does it.
///
/// Made by [`GoldenClient::deprecated_parameters`](crate::generated::GoldenClient::deprecated_parameters).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct DeprecatedParameters {
    /// What.
    ///
    /// Deprecated by the API.
    pub old: Option<String>,
    /// What.
    pub fresh: Option<String>,
}

impl DeprecatedParameters {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for DeprecatedParameters {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("deprecatedParameters", Method::GET, "/parameters/old")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .query_opt("old", self.old.as_ref())
            .query_opt("fresh", self.fresh.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}

impl Call<DeprecatedParameters> {
    /// What.
    ///
    /// Deprecated by the API.
    #[deprecated = "deprecated by the API"]
    pub fn old(mut self, old: impl Into<String>) -> Self {
        self.operation_mut().old = Some(old.into());
        self
    }

    /// What.
    pub fn fresh(mut self, fresh: impl Into<String>) -> Self {
        self.operation_mut().fresh = Some(fresh.into());
        self
    }
}
