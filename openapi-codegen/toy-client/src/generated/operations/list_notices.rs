// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /members/{memberId}/notices`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Notice;

/// Lists what a member has to be told.
///
/// Made by [`LibraryClient::list_notices`](crate::generated::LibraryClient::list_notices).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ListNotices {
    /// The member. Range: at least 1.
    pub member_id: u64,
}

impl ListNotices {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(member_id: u64) -> Self {
        Self { member_id }
    }
}

impl Operation for ListNotices {
    type Output = Vec<Notice>;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("listNotices", Method::GET, "/members/{memberId}/notices")
            .with_idempotency(Idempotency::Idempotent)
            .with_timeouts(
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_secs(5),
            )
            .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("memberId", &self.member_id)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
