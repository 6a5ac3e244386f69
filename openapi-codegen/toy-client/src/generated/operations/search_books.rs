// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /books`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode};
use product_types::Timestamp;

use crate::generated::Call;
use crate::generated::models::{Book, Genre};

/// Finds books.
///
/// Made by [`LibraryClient::search_books`](crate::generated::LibraryClient::search_books).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SearchBooks {
    /// Words of the title. Length: at least 1.
    pub q: String,
    /// Any of these genres. Items: at most 5.
    pub genre: Vec<Genre>,
    /// One thing to order by; `order` takes several.
    ///
    /// Deprecated by the API.
    pub sort: Option<String>,
    /// What to order by, most important first.
    pub order: Vec<String>,
    /// Only what is on the shelf.
    pub available: Option<bool>,
    /// How many. Range: 1 to 50. Default: `10`.
    pub limit: Option<u32>,
    /// Only what was published later.
    pub published_after: Option<Timestamp>,
}

impl SearchBooks {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new(q: impl Into<String>) -> Self {
        Self {
            q: q.into(),
            genre: Vec::new(),
            sort: None,
            order: Vec::new(),
            available: None,
            limit: None,
            published_after: None,
        }
    }
}

impl Operation for SearchBooks {
    type Output = Vec<Book>;

    const INFO: &'static OperationInfo = &OperationInfo::new("searchBooks", Method::GET, "/books")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("default");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .query("q", &self.q)
            .query_each("genre", &self.genre)
            .query_opt("sort", self.sort.as_ref())
            .query_list("order", &self.order)
            .query_opt("available", self.available.as_ref())
            .query_opt("limit", self.limit.as_ref())
            .query_opt("publishedAfter", self.published_after.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Call<SearchBooks> {
    /// Any of these genres. Items: at most 5.
    pub fn genre(mut self, genre: impl IntoIterator<Item = Genre>) -> Self {
        self.operation_mut().genre = genre.into_iter().collect();
        self
    }

    /// One thing to order by; `order` takes several.
    ///
    /// Deprecated by the API.
    #[deprecated = "deprecated by the API"]
    pub fn sort(mut self, sort: impl Into<String>) -> Self {
        self.operation_mut().sort = Some(sort.into());
        self
    }

    /// What to order by, most important first.
    pub fn order(mut self, order: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.operation_mut().order = order.into_iter().map(Into::into).collect();
        self
    }

    /// Only what is on the shelf.
    pub fn available(mut self, available: bool) -> Self {
        self.operation_mut().available = Some(available);
        self
    }

    /// How many. Range: 1 to 50. Default: `10`.
    pub fn limit(mut self, limit: u32) -> Self {
        self.operation_mut().limit = Some(limit);
        self
    }

    /// Only what was published later.
    pub fn published_after(mut self, published_after: Timestamp) -> Self {
        self.operation_mut().published_after = Some(published_after);
        self
    }
}
