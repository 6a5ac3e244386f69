// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /books/{isbn}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};

use crate::generated::Call;
use crate::generated::models::Book;

/// Reads a book, unless the caller's copy is still the current one.
///
/// Made by [`LibraryClient::get_book`](crate::generated::LibraryClient::get_book).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetBook {
    /// The book.
    pub isbn: String,
    /// The `ETag` that the caller holds.
    pub if_none_match: Option<String>,
}

impl GetBook {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(isbn: impl Into<String>) -> Self {
        Self {
            isbn: isbn.into(),
            if_none_match: None,
        }
    }
}

impl Operation for GetBook {
    type Output = GetBookAnswer;

    const INFO: &'static OperationInfo = &OperationInfo::new("getBook", Method::GET, "/books/{isbn}")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("default")
        .with_not_modified(true);

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("isbn", &self.isbn)
            .header_opt("if-none-match", self.if_none_match.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        match response.status().as_u16() {
            200 => decode::json(response).map(GetBookAnswer::Ok),
            304 => Ok(GetBookAnswer::NotModified),
            _ => Err(DecodeError::status(response.status())),
        }
    }
}

impl Call<GetBook> {
    /// The `ETag` that the caller holds.
    pub fn if_none_match(mut self, if_none_match: impl Into<String>) -> Self {
        self.operation_mut().if_none_match = Some(if_none_match.into());
        self
    }
}

/// What `GET /books/{isbn}` answers.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "made once an answer, and moved")]
pub enum GetBookAnswer {
    /// `200`: The book.
    Ok(Book),
    /// `304`: The caller's copy is still the current one.
    NotModified,
}
