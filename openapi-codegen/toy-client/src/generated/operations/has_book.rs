// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `HEAD /books/{isbn}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

/// Tells whether the library has a book.
///
/// Made by [`LibraryClient::has_book`](crate::generated::LibraryClient::has_book).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HasBook {
    /// The book.
    pub isbn: String,
}

impl HasBook {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(isbn: impl Into<String>) -> Self {
        Self { isbn: isbn.into() }
    }
}

impl Operation for HasBook {
    type Output = ();

    const INFO: &'static OperationInfo = &OperationInfo::new("hasBook", Method::HEAD, "/books/{isbn}")
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
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::empty(response)
    }
}
