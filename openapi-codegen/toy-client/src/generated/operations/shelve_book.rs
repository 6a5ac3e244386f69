// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `PUT /books/{isbn}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::NewBook;

/// Adds a book, or replaces it.
///
/// Made by [`LibraryClient::shelve_book`](crate::generated::LibraryClient::shelve_book).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ShelveBook {
    /// The book.
    pub isbn: String,
    /// Where it is put.
    pub x_branch: i32,
    /// What is sent.
    pub body: NewBook,
}

impl ShelveBook {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(isbn: impl Into<String>, x_branch: i32, body: NewBook) -> Self {
        Self {
            isbn: isbn.into(),
            x_branch,
            body,
        }
    }
}

impl Operation for ShelveBook {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("shelveBook", Method::PUT, "/books/{isbn}")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("isbn", &self.isbn)
            .header("x-branch", &self.x_branch)
            .json(&self.body)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
