// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /branches/{branchId}/shelves/{shelf-name}`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::decode::FromHeaders;
use client_core::http::{HeaderMap, Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::Timestamp;

use crate::generated::Call;
use crate::generated::models::{Genre, Shelf};

/// Reads what stands on a shelf.
///
/// Made by [`LibraryClient::get_shelf`](crate::generated::LibraryClient::get_shelf).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetShelf {
    /// The branch.
    pub branch_id: i64,
    /// The name on the shelf.
    pub shelf_name: String,
    /// In which language titles are told.
    pub accept_language: Option<String>,
}

impl GetShelf {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(branch_id: i64, shelf_name: impl Into<String>) -> Self {
        Self {
            branch_id,
            shelf_name: shelf_name.into(),
            accept_language: None,
        }
    }
}

impl Operation for GetShelf {
    type Output = Shelf;

    const INFO: &'static OperationInfo = &OperationInfo::new(
        "getShelf",
        Method::GET,
        "/branches/{branchId}/shelves/{shelf-name}",
    )
    .with_idempotency(Idempotency::Idempotent)
    .with_timeouts(
        Duration::from_millis(250),
        Duration::from_millis(400),
        Duration::from_millis(1250),
    )
    .with_breaker_group("shelves")
    .with_hedging(true)
    .with_cost(3);

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .path_parameter("branchId", &self.branch_id)
            .path_parameter("shelf-name", &self.shelf_name)
            .header_opt("accept-language", self.accept_language.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Call<GetShelf> {
    /// In which language titles are told.
    pub fn accept_language(mut self, accept_language: impl Into<String>) -> Self {
        self.operation_mut().accept_language = Some(accept_language.into());
        self
    }
}

/// The headers that `GET /branches/{branchId}/shelves/{shelf-name}` answers with, beside those that
/// every `Response` offers.
///
/// Read by `response.headers_as::<GetShelfHeaders>()`.
#[derive(Clone, Debug, PartialEq)]
pub struct GetShelfHeaders {
    /// How many books stand there. Range: at least 0.
    pub x_book_count: u32,
    /// What most of them are.
    pub x_main_genre: Option<Genre>,
    /// When they were counted.
    pub x_counted_at: Option<Timestamp>,
}

impl FromHeaders for GetShelfHeaders {
    fn from_headers(headers: &HeaderMap) -> Result<Self, DecodeError> {
        Ok(Self {
            x_book_count: decode::header(headers, "x-book-count")?
                .ok_or_else(|| DecodeError::header("x-book-count"))?,
            x_main_genre: decode::text_header(headers, "x-main-genre")?,
            x_counted_at: decode::text_header(headers, "x-counted-at")?,
        })
    }
}
