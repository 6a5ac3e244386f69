// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /categories`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{
    BuildError, DecodeError, Idempotency, Operation, OperationInfo, Page, Paged, RequestBuilder, decode,
};
use product_types::CategoryId;

use crate::generated::Call;
use crate::generated::models::{Category, CategoryPage};

/// Lists the categories directly under one, or the roots.
///
/// Made by [`ProductClient::list_categories`](crate::generated::ProductClient::list_categories).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ListCategories {
    /// Which page, counted from 1. Range: 1 to 1000000. Default: `1`.
    pub page: Option<u32>,
    /// How many items a page holds at most. Range: 1 to 100. Default: `20`.
    pub limit: Option<u32>,
    /// The parent whose children are listed; without it, the roots.
    pub parent_id: Option<CategoryId>,
}

impl ListCategories {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for ListCategories {
    type Output = CategoryPage;

    const INFO: &'static OperationInfo = &OperationInfo::new("listCategories", Method::GET, "/categories")
        .with_idempotency(Idempotency::Idempotent)
        .with_timeouts(
            Duration::from_secs(1),
            Duration::from_secs(2),
            Duration::from_secs(5),
        )
        .with_breaker_group("catalogue-reads");

    fn to_request(&self) -> Result<Request<Bytes>, BuildError> {
        RequestBuilder::new(Self::INFO)
            .query_opt("page", self.page.as_ref())
            .query_opt("limit", self.limit.as_ref())
            .query_opt("parentId", self.parent_id.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Paged for ListCategories {
    type Item = Category;

    fn set_page(&mut self, page: u32) {
        self.page = Some(page);
    }

    fn page(output: Self::Output) -> Page<Self::Item> {
        Page {
            items: output.items,
            total: output.total,
            page: output.page,
            limit: output.limit,
        }
    }
}

impl Call<ListCategories> {
    /// Which page, counted from 1. Range: 1 to 1000000. Default: `1`.
    pub fn page(mut self, page: u32) -> Self {
        self.operation_mut().page = Some(page);
        self
    }

    /// How many items a page holds at most. Range: 1 to 100. Default: `20`.
    pub fn limit(mut self, limit: u32) -> Self {
        self.operation_mut().limit = Some(limit);
        self
    }

    /// The parent whose children are listed; without it, the roots.
    pub fn parent_id(mut self, parent_id: CategoryId) -> Self {
        self.operation_mut().parent_id = Some(parent_id);
        self
    }
}
