// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /metrics`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Reads the metrics of the service in the text format of Prometheus.
///
/// Made by [`ProductClient::get_metrics`](crate::generated::ProductClient::get_metrics).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct GetMetrics;

impl GetMetrics {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for GetMetrics {
    type Output = String;

    const INFO: &'static OperationInfo = &OperationInfo::new("getMetrics", Method::GET, "/metrics")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("health")
        .with_server("/api/v1", "");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .header("accept", "text/plain")
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::text(response)
    }
}
