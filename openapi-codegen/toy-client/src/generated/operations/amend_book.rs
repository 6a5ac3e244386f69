// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `PATCH /books/{isbn}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::models::{Book, BookAmendment};

/// Changes what is known about a book.
///
/// Made by [`LibraryClient::amend_book`](crate::generated::LibraryClient::amend_book).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AmendBook {
    /// The book.
    pub isbn: String,
    /// What is sent.
    pub body: BookAmendment,
}

impl AmendBook {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(isbn: impl Into<String>, body: BookAmendment) -> Self {
        Self {
            isbn: isbn.into(),
            body,
        }
    }
}

impl Operation for AmendBook {
    type Output = Book;

    const INFO: &'static OperationInfo = &OperationInfo::new("amendBook", Method::PATCH, "/books/{isbn}")
        .with_idempotency(Idempotency::NotIdempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("isbn", &self.isbn)
            .merge_patch(&self.body)
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}
