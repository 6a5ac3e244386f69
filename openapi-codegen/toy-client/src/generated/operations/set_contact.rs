// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `PUT /members/{memberId}/contact`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::Contact;

/// Tells how a member is reached.
///
/// Made by [`LibraryClient::set_contact`](crate::generated::LibraryClient::set_contact).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SetContact {
    /// The member. Range: at least 1.
    pub member_id: u64,
    /// What is sent.
    pub body: Contact,
}

impl SetContact {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(member_id: u64, body: Contact) -> Self {
        Self { member_id, body }
    }
}

impl Operation for SetContact {
    type Output = SetContactAnswer;

    const INFO: &'static OperationInfo =
        &OperationInfo::new("setContact", Method::PUT, "/members/{memberId}/contact")
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
            .json(&self.body)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        match response.status().as_u16() {
            200 => decode::json(response).map(SetContactAnswer::Ok),
            201 => Ok(SetContactAnswer::Created),
            _ => Err(DecodeError::status(response.status())),
        }
    }
}

/// What `PUT /members/{memberId}/contact` answers.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "made once an answer, and moved")]
pub enum SetContactAnswer {
    /// `200`: There was another one before, which is answered.
    Ok(Contact),
    /// `201`: There was none before.
    Created,
}
