// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `PATCH /bodies/patch`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::ThingPatch;

/// Does it.
///
/// Made by [`GoldenClient::patch_body`](crate::generated::GoldenClient::patch_body).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PatchBody {
    /// What is sent.
    pub body: ThingPatch,
}

impl PatchBody {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: ThingPatch) -> Self {
        Self { body }
    }
}

impl Operation for PatchBody {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("patchBody", Method::PATCH, "/bodies/patch")
        .with_idempotency(Idempotency::NotIdempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).merge_patch(&self.body).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
