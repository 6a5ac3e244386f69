// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /parameters/lists`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::Call;
use crate::generated::models::Colour;

/// Does it.
///
/// Made by [`GoldenClient::list_parameters`](crate::generated::GoldenClient::list_parameters).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ListParameters {
    /// What.
    pub exploded: Vec<String>,
    /// What.
    pub joined: Vec<Colour>,
    /// What. Items: 1 to 3.
    pub styled: Vec<bool>,
}

impl ListParameters {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for ListParameters {
    type Output = ();

    const INFO: &'static OperationInfo =
        &OperationInfo::new("listParameters", Method::GET, "/parameters/lists")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .query_each("exploded", &self.exploded)
            .query_list("joined", &self.joined)
            .query_each("styled", &self.styled)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}

impl Call<ListParameters> {
    /// What.
    pub fn exploded(mut self, exploded: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.operation_mut().exploded = exploded.into_iter().map(Into::into).collect();
        self
    }

    /// What.
    pub fn joined(mut self, joined: impl IntoIterator<Item = Colour>) -> Self {
        self.operation_mut().joined = joined.into_iter().collect();
        self
    }

    /// What. Items: 1 to 3.
    pub fn styled(mut self, styled: impl IntoIterator<Item = bool>) -> Self {
        self.operation_mut().styled = styled.into_iter().collect();
        self
    }
}
