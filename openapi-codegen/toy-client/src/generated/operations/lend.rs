// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `POST /loans`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::{Loan, NewLoan};

/// Lends a book.
///
/// Made by [`LibraryClient::lend`](crate::generated::LibraryClient::lend).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Lend {
    /// What is sent.
    pub body: NewLoan,
}

impl Lend {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(body: NewLoan) -> Self {
        Self { body }
    }
}

impl Operation for Lend {
    type Output = Loan;

    const INFO: &'static OperationInfo = &OperationInfo::new("lend", Method::POST, "/loans")
        .with_idempotency(Idempotency::WithKey)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(3),
            Duration::from_secs(8),
        )
        .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO).json(&self.body).build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
