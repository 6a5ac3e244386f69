// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The client, with a method for each operation.

use client_core::{Client, Operation, OperationInfo};
use product_types::{CategoryId, ProductId, VariantId};

use super::call::Call;
use super::models::{
    ProductCreate, ProductIds, ProductPatch, SetPrice, VariantCreate, VariantIds, VariantPatch,
};
use super::operations::{
    BatchProducts, BatchVariants, CreateProduct, CreateVariant, DeleteProduct, DeleteVariant, GetCategory,
    GetLiveness, GetProduct, GetReadiness, GetVariant, GetVariantPrice, HeadProduct, ListCategories,
    ListProducts, ListVariants, PatchProduct, PatchVariant, SetVariantPrice,
};

/// A client of the Product Service API.
///
/// Cloning is cheap; the clones share connections, circuit breakers and counters.
#[derive(Clone, Debug)]
pub struct ProductClient {
    core: Client,
}

impl ProductClient {
    /// The facts of all operations, in the document's order.
    pub const OPERATIONS: &'static [&'static OperationInfo] = &[
        ListProducts::INFO,
        CreateProduct::INFO,
        BatchProducts::INFO,
        GetProduct::INFO,
        HeadProduct::INFO,
        PatchProduct::INFO,
        DeleteProduct::INFO,
        ListVariants::INFO,
        CreateVariant::INFO,
        BatchVariants::INFO,
        GetVariant::INFO,
        PatchVariant::INFO,
        DeleteVariant::INFO,
        GetVariantPrice::INFO,
        SetVariantPrice::INFO,
        ListCategories::INFO,
        GetCategory::INFO,
        GetLiveness::INFO,
        GetReadiness::INFO,
    ];

    /// A client over `core`, whose base URL is where the document's paths begin.
    #[must_use]
    pub fn new(core: Client) -> Self {
        Self { core }
    }

    /// The client underneath, which makes the calls and counts them.
    #[must_use]
    pub fn core(&self) -> &Client {
        &self.core
    }

    /// Lists products, a page at a time.
    ///
    /// Filters combine with "and". A DRAFT is listed only for roles that may write, and for services. Ties
    /// in the sort order are broken by id, so that paging while others write skips no row.
    ///
    /// `GET /products`. Needs no token; what is answered may depend on one. Repeated after a passing
    /// failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 405, 406, 408, 429, 500, 503.
    pub fn list_products(&self) -> Call<ListProducts> {
        Call::new(self.core.call(ListProducts::new()))
    }

    /// Creates a product, with its first variants if wanted.
    ///
    /// The product starts as a DRAFT. Product and variants are created together or not at all. A name is
    /// unique within its brand: 409 otherwise, as for a SKU that is taken. A category that does not exist
    /// is 400, as is a SKU that comes twice in the request.
    ///
    /// `POST /products`. Needs a token with one of the roles admin, manager, editor. Repeated after a
    /// passing failure, with the same `Idempotency-Key`; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 201; otherwise 400, 401, 403, 405, 406, 408, 409, 413, 415, 422, 429, 500, 503.
    pub fn create_product(&self, body: ProductCreate) -> Call<CreateProduct> {
        Call::new(self.core.call(CreateProduct::new(body)))
    }

    /// Reads up to 100 products in one round trip.
    ///
    /// A read, in spite of its method: nothing changes, and it takes no `Idempotency-Key`. Items come in
    /// the order in which their ids are first mentioned; an id mentioned twice is answered once.
    ///
    /// `POST /products/batch`. Needs a token with one of the roles service, admin, manager. Repeated after
    /// a passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 405, 406, 408, 413, 415, 429, 500, 503.
    pub fn batch_products(&self, body: ProductIds) -> Call<BatchProducts> {
        Call::new(self.core.call(BatchProducts::new(body)))
    }

    /// Reads a product.
    ///
    /// A DRAFT is 404 without a token, or with a role that may only read. A deleted product is 404 for all.
    ///
    /// `GET /products/{productId}`. Needs no token; what is answered may depend on one. Repeated after a
    /// passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 304, 400, 401, 404, 405, 406, 408, 429, 500, 503.
    pub fn get_product(&self, product_id: ProductId) -> Call<GetProduct> {
        Call::new(self.core.call(GetProduct::new(product_id)))
    }

    /// Tells whether a product exists, without its body.
    ///
    /// `HEAD /products/{productId}`. Needs no token; what is answered may depend on one. Repeated after a
    /// passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 304, 400, 401, 404, 406, 408, 429, 500, 503.
    pub fn head_product(&self, product_id: ProductId) -> Call<HeadProduct> {
        Call::new(self.core.call(HeadProduct::new(product_id)))
    }

    /// Changes a product by a JSON merge patch.
    ///
    /// A field that is absent stays as it is; `null` removes an optional field. Lists are replaced whole.
    /// `status` needs the role admin or manager, and an illegal transition is 409: a DRAFT becomes ACTIVE
    /// or DISCONTINUED, ACTIVE and INACTIVE turn into each other, both become DISCONTINUED, which is final.
    /// A patch that changes nothing is 200, and neither raises the version nor writes an event. A name
    /// taken within the brand is 409; a category that does not exist is 400.
    ///
    /// `PATCH /products/{productId}`. Needs a token with one of the roles admin, manager, editor. Repeated
    /// only when the service provably did not see it; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 429, 500, 503.
    pub fn patch_product(&self, product_id: ProductId, body: ProductPatch) -> Call<PatchProduct> {
        Call::new(self.core.call(PatchProduct::new(product_id, body)))
    }

    /// Deletes a product with all its variants.
    ///
    /// The product is kept for audit and is 404 from then on; its name and its SKUs are free again.
    ///
    /// `DELETE /products/{productId}`. Needs a token with one of the roles admin, manager. Repeated after a
    /// passing failure; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 204; otherwise 400, 401, 403, 404, 405, 406, 408, 412, 429, 500, 503.
    pub fn delete_product(&self, product_id: ProductId) -> Call<DeleteProduct> {
        Call::new(self.core.call(DeleteProduct::new(product_id)))
    }

    /// Lists the variants of a product, oldest first.
    ///
    /// `GET /products/{productId}/variants`. Needs no token; what is answered may depend on one. Repeated
    /// after a passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 404, 405, 406, 408, 429, 500, 503.
    pub fn list_variants(&self, product_id: ProductId) -> Call<ListVariants> {
        Call::new(self.core.call(ListVariants::new(product_id)))
    }

    /// Adds a variant to a product.
    ///
    /// A SKU is unique among all variants that are not deleted; 409 otherwise.
    ///
    /// `POST /products/{productId}/variants`. Needs a token with one of the roles admin, manager, editor.
    /// Repeated after a passing failure, with the same `Idempotency-Key`; at most 3 s an attempt and 8 s in
    /// all.
    ///
    /// Answers 201; otherwise 400, 401, 403, 404, 405, 406, 408, 409, 413, 415, 422, 429, 500, 503.
    pub fn create_variant(&self, product_id: ProductId, body: VariantCreate) -> Call<CreateVariant> {
        Call::new(self.core.call(CreateVariant::new(product_id, body)))
    }

    /// Reads up to 100 variants with their prices, a whole cart in one round trip.
    ///
    /// A read, in spite of its method: nothing changes, and it takes no `Idempotency-Key`. Items come in
    /// the order in which their ids are first mentioned; an id mentioned twice is answered once.
    ///
    /// `POST /products/variants/batch`. Needs a token with one of the roles service, admin, manager.
    /// Repeated after a passing failure; at most 600 ms an attempt and 1.5 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 405, 406, 408, 413, 415, 429, 500, 503.
    pub fn batch_variants(&self, body: VariantIds) -> Call<BatchVariants> {
        Call::new(self.core.call(BatchVariants::new(body)))
    }

    /// Reads a variant with its price and whether it can be bought right now.
    ///
    /// A variant of a product that the caller may not see is 404.
    ///
    /// `GET /products/variants/{variantId}`. Needs no token; what is answered may depend on one. Repeated
    /// after a passing failure; at most 600 ms an attempt and 1.5 s in all.
    ///
    /// Answers 200; otherwise 304, 400, 401, 404, 405, 406, 408, 429, 500, 503.
    pub fn get_variant(&self, variant_id: VariantId) -> Call<GetVariant> {
        Call::new(self.core.call(GetVariant::new(variant_id)))
    }

    /// Changes a variant by a JSON merge patch.
    ///
    /// A field that is absent stays as it is. Lists are replaced whole. An illegal status transition is
    /// 409. A patch that changes nothing is 200, and neither raises the version nor writes an event.
    ///
    /// `PATCH /products/variants/{variantId}`. Needs a token with one of the roles admin, manager, editor.
    /// Repeated only when the service provably did not see it; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 429, 500, 503.
    pub fn patch_variant(&self, variant_id: VariantId, body: VariantPatch) -> Call<PatchVariant> {
        Call::new(self.core.call(PatchVariant::new(variant_id, body)))
    }

    /// Deletes a variant.
    ///
    /// The variant is kept for audit and is 404 from then on; its SKU is free again.
    ///
    /// `DELETE /products/variants/{variantId}`. Needs a token with one of the roles admin, manager.
    /// Repeated after a passing failure; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 204; otherwise 400, 401, 403, 404, 405, 406, 408, 412, 429, 500, 503.
    pub fn delete_variant(&self, variant_id: VariantId) -> Call<DeleteVariant> {
        Call::new(self.core.call(DeleteVariant::new(variant_id)))
    }

    /// Reads the price of a variant, the light read at checkout.
    ///
    /// A variant that has no price yet is 404, as is one that the caller may not see.
    ///
    /// `GET /products/variants/{variantId}/price`. Needs no token; what is answered may depend on one.
    /// Repeated after a passing failure; at most 600 ms an attempt and 1.5 s in all.
    ///
    /// Answers 200; otherwise 304, 400, 401, 404, 405, 406, 408, 429, 500, 503.
    pub fn get_variant_price(&self, variant_id: VariantId) -> Call<GetVariantPrice> {
        Call::new(self.core.call(GetVariantPrice::new(variant_id)))
    }

    /// Sets the price of a variant, at once or from a moment to come.
    ///
    /// The whole price is replaced. `salePrice <= basePrice <= msrp`, decimals by the currency's minor
    /// units and at most two; 400 otherwise. With `effectiveFrom` in the future the price is scheduled, and
    /// the answer is the price still in force; the first price of a variant can't be scheduled.
    ///
    /// `PUT /products/variants/{variantId}/price`. Needs a token with one of the roles admin, manager,
    /// marketing. Repeated after a passing failure; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 404, 405, 406, 408, 413, 415, 429, 500, 503.
    pub fn set_variant_price(&self, variant_id: VariantId, body: SetPrice) -> Call<SetVariantPrice> {
        Call::new(self.core.call(SetVariantPrice::new(variant_id, body)))
    }

    /// Lists the categories directly under one, or the roots.
    ///
    /// By name; ties are broken by id.
    ///
    /// `GET /categories`. Needs no token; what is answered may depend on one. Repeated after a passing
    /// failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 405, 406, 408, 429, 500, 503.
    pub fn list_categories(&self) -> Call<ListCategories> {
        Call::new(self.core.call(ListCategories::new()))
    }

    /// Reads a category with its direct children.
    ///
    /// `GET /categories/{categoryId}`. Needs no token; what is answered may depend on one. Repeated after a
    /// passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 304, 400, 401, 404, 405, 406, 408, 429, 500, 503.
    pub fn get_category(&self, category_id: CategoryId) -> Call<GetCategory> {
        Call::new(self.core.call(GetCategory::new(category_id)))
    }

    /// Tells that the process answers.
    ///
    /// `GET /health/liveness`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and
    /// 5 s in all.
    ///
    /// Answers 200; otherwise 405, 406, 408, 500, 503.
    pub fn get_liveness(&self) -> Call<GetLiveness> {
        Call::new(self.core.call(GetLiveness::new()))
    }

    /// Tells whether the service can do its work, with the state of each dependency.
    ///
    /// When a dependency is down the answer is 503, and `details` names each dependency with its state. The
    /// store is up when the catalogue can be read.
    ///
    /// `GET /health/readiness`. Needs no token. Repeated after a passing failure; at most 2 s an attempt
    /// and 5 s in all.
    ///
    /// Answers 200; otherwise 405, 406, 408, 500, 503.
    pub fn get_readiness(&self) -> Call<GetReadiness> {
        Call::new(self.core.call(GetReadiness::new()))
    }
}
