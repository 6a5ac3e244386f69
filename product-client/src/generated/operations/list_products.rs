// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! `GET /products`

use std::time::Duration;

use client_core::bytes::Bytes;
use client_core::http::{Method, Request, Response};
use client_core::{
    BuildError, DecodeError, Idempotency, Operation, OperationInfo, Page, Paged, RequestBuilder, decode,
};
use product_types::{CategoryId, ProductStatus};

use crate::generated::Call;
use crate::generated::models::{Product, ProductPage};

/// Lists products, a page at a time.
///
/// Made by [`ProductClient::list_products`](crate::generated::ProductClient::list_products).
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ListProducts {
    /// Which page, counted from 1. Range: 1 to 1000000. Default: `1`.
    pub page: Option<u32>,
    /// How many items a page holds at most. Range: 1 to 100. Default: `20`.
    pub limit: Option<u32>,
    /// Up to three of `name`, `createdAt`, `updatedAt`, `id`, separated by commas; a leading `-` or a
    /// trailing `:desc` turns the order round. A field that is repeated has its say the first time. Without
    /// the parameter the order is by `createdAt`. Items: 1 to 3. Length: 2 to 20 of each. Pattern:
    /// `^(-?(name|createdAt|updatedAt|id)|(name|createdAt|updatedAt|id):(asc|desc))$` of each.
    pub sort: Vec<String>,
    /// Only products in this status.
    pub status: Option<ProductStatus>,
    /// Only products of this brand, compared without case. Length: 1 to 100.
    pub brand: Option<String>,
    /// Only products that are directly in this category.
    pub category_id: Option<CategoryId>,
    /// Only products whose name, brand, tags or search keywords contain this text, compared without case.
    /// Length: 1 to 200.
    pub search: Option<String>,
}

impl ListProducts {
    /// The operation with the arguments that it needs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for ListProducts {
    type Output = ProductPage;

    const INFO: &'static OperationInfo = &OperationInfo::new("listProducts", Method::GET, "/products")
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
            .query_list("sort", &self.sort)
            .query_opt("status", self.status.as_ref())
            .query_opt("brand", self.brand.as_ref())
            .query_opt("categoryId", self.category_id.as_ref())
            .query_opt("search", self.search.as_ref())
            .build()
    }

    fn parse(response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        decode::json(response)
    }
}

impl Paged for ListProducts {
    type Item = Product;

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

impl Call<ListProducts> {
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

    /// Up to three of `name`, `createdAt`, `updatedAt`, `id`, separated by commas; a leading `-` or a
    /// trailing `:desc` turns the order round. A field that is repeated has its say the first time. Without
    /// the parameter the order is by `createdAt`. Items: 1 to 3. Length: 2 to 20 of each. Pattern:
    /// `^(-?(name|createdAt|updatedAt|id)|(name|createdAt|updatedAt|id):(asc|desc))$` of each.
    pub fn sort(mut self, sort: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.operation_mut().sort = sort.into_iter().map(Into::into).collect();
        self
    }

    /// Only products in this status.
    pub fn status(mut self, status: ProductStatus) -> Self {
        self.operation_mut().status = Some(status);
        self
    }

    /// Only products of this brand, compared without case. Length: 1 to 100.
    pub fn brand(mut self, brand: impl Into<String>) -> Self {
        self.operation_mut().brand = Some(brand.into());
        self
    }

    /// Only products that are directly in this category.
    pub fn category_id(mut self, category_id: CategoryId) -> Self {
        self.operation_mut().category_id = Some(category_id);
        self
    }

    /// Only products whose name, brand, tags or search keywords contain this text, compared without case.
    /// Length: 1 to 200.
    pub fn search(mut self, search: impl Into<String>) -> Self {
        self.operation_mut().search = Some(search.into());
        self
    }
}
