// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The client, with a method for each operation.

use client_core::{Client, Operation, OperationInfo};
use product_types::{CategoryId, DiscountId, ProductId, VariantId};

use super::call::Call;
use super::models::{
    CategoryCreate, CategoryPatch, DiscountApply, DiscountCreate, DiscountPatch, ProductCreate, ProductIds,
    ProductPatch, ProductStatusChange, SetPrice, VariantCreate, VariantIds, VariantPatch,
};
use super::operations::{
    ApplyDiscount, BatchProducts, BatchVariants, ChangeProductStatus, CreateCategory, CreateDiscount,
    CreateProduct, CreateVariant, DeleteCategory, DeleteDiscount, DeleteProduct, DeleteVariant, GetCategory,
    GetDiscount, GetDocs, GetDocument, GetLiveness, GetMetrics, GetPriceHistory, GetProduct,
    GetProductValidationStatus, GetReadiness, GetVariant, GetVariantPrice, HeadProduct, ListCategories,
    ListDiscounts, ListProducts, ListVariants, PatchCategory, PatchDiscount, PatchProduct, PatchVariant,
    RemoveDiscount, SetVariantPrice,
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
        ChangeProductStatus::INFO,
        GetProductValidationStatus::INFO,
        ListVariants::INFO,
        CreateVariant::INFO,
        BatchVariants::INFO,
        GetVariant::INFO,
        PatchVariant::INFO,
        DeleteVariant::INFO,
        GetVariantPrice::INFO,
        SetVariantPrice::INFO,
        GetPriceHistory::INFO,
        ListCategories::INFO,
        CreateCategory::INFO,
        GetCategory::INFO,
        PatchCategory::INFO,
        DeleteCategory::INFO,
        ApplyDiscount::INFO,
        RemoveDiscount::INFO,
        ListDiscounts::INFO,
        CreateDiscount::INFO,
        GetDiscount::INFO,
        PatchDiscount::INFO,
        DeleteDiscount::INFO,
        GetLiveness::INFO,
        GetReadiness::INFO,
        GetMetrics::INFO,
        GetDocument::INFO,
        GetDocs::INFO,
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
    /// The light check of whoever needs no more than that, such as a review service. Answers as reading the
    /// product would, headers included; an error has no body either.
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

    /// Changes the status of a product, and nothing else.
    ///
    /// A DRAFT becomes ACTIVE or DISCONTINUED, ACTIVE and INACTIVE turn into each other, both become
    /// DISCONTINUED, which is final; anything else is 409. The same status again is 200, and neither raises
    /// the version nor writes an event.
    ///
    /// `POST /products/{productId}/status`. Needs a token with one of the roles admin, manager. Repeated
    /// after a passing failure, with the same `Idempotency-Key`; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 404, 405, 406, 408, 409, 413, 415, 422, 429, 500, 503.
    pub fn change_product_status(
        &self,
        product_id: ProductId,
        body: ProductStatusChange,
    ) -> Call<ChangeProductStatus> {
        Call::new(self.core.call(ChangeProductStatus::new(product_id, body)))
    }

    /// Tells whether a product may be reviewed and bought, the light check of a review that is handed in.
    ///
    /// A product that does not exist, or was deleted, is 404; one that may not be reviewed is not.
    ///
    /// `GET /products/{productId}/validation-status`. Needs a token with one of the roles service. Repeated
    /// after a passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 404, 405, 406, 408, 429, 500, 503.
    pub fn get_product_validation_status(&self, product_id: ProductId) -> Call<GetProductValidationStatus> {
        Call::new(self.core.call(GetProductValidationStatus::new(product_id)))
    }

    /// Lists the variants of a product, oldest first.
    ///
    /// The variants of a product that the caller may not see are 404, as the product is.
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

    /// Lists the prices that a variant had, newest first, a page at a time.
    ///
    /// Entries are never changed. A variant that never had a price has an empty history.
    ///
    /// `GET /products/variants/{variantId}/price-history`. Needs a token with one of the roles admin,
    /// manager, marketing. Repeated after a passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 404, 405, 406, 408, 429, 500, 503.
    pub fn get_price_history(&self, variant_id: VariantId) -> Call<GetPriceHistory> {
        Call::new(self.core.call(GetPriceHistory::new(variant_id)))
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

    /// Creates a category.
    ///
    /// Without `parentId` it is a root. A name is unique within its parent: 409 otherwise. A parent that
    /// does not exist, or that is at the fifth level already, is 400.
    ///
    /// `POST /categories`. Needs a token with one of the roles admin, manager. Repeated after a passing
    /// failure, with the same `Idempotency-Key`; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 201; otherwise 400, 401, 403, 405, 406, 408, 409, 413, 415, 422, 429, 500, 503.
    pub fn create_category(&self, body: CategoryCreate) -> Call<CreateCategory> {
        Call::new(self.core.call(CreateCategory::new(body)))
    }

    /// Reads a category with its direct children.
    ///
    /// The children come in short, by name; what is below them is read from each.
    ///
    /// `GET /categories/{categoryId}`. Needs no token; what is answered may depend on one. Repeated after a
    /// passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 304, 400, 401, 404, 405, 406, 408, 429, 500, 503.
    pub fn get_category(&self, category_id: CategoryId) -> Call<GetCategory> {
        Call::new(self.core.call(GetCategory::new(category_id)))
    }

    /// Changes a category by a JSON merge patch; a new parent moves it with all below it.
    ///
    /// A field that is absent stays as it is. `parentId: null` makes it a root. A move below itself, or one
    /// that takes anything below the fifth level, is 400; a name taken within the parent is 409. A patch
    /// that changes nothing is 200, and writes no event.
    ///
    /// `PATCH /categories/{categoryId}`. Needs a token with one of the roles admin, manager. Repeated only
    /// when the service provably did not see it; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 429, 500, 503.
    pub fn patch_category(&self, category_id: CategoryId, body: CategoryPatch) -> Call<PatchCategory> {
        Call::new(self.core.call(PatchCategory::new(category_id, body)))
    }

    /// Deletes a category that nothing is in.
    ///
    /// A category with children or products is 409.
    ///
    /// `DELETE /categories/{categoryId}`. Needs a token with one of the roles admin, manager. Repeated
    /// after a passing failure; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 204; otherwise 400, 401, 403, 404, 405, 406, 408, 409, 412, 429, 500, 503.
    pub fn delete_category(&self, category_id: CategoryId) -> Call<DeleteCategory> {
        Call::new(self.core.call(DeleteCategory::new(category_id)))
    }

    /// Applies a discount to a variant.
    ///
    /// Discounts are taken in ascending priority, each from what the one before left. 409 when a discount
    /// of the same priority is on the variant already in a part of the same time, or when this one is. A
    /// discount that does not exist, or whose currency is not the price's, is 400; a variant without a
    /// price is 404.
    ///
    /// `POST /products/variants/{variantId}/discounts`. Needs a token with one of the roles admin, manager,
    /// marketing. Repeated after a passing failure, with the same `Idempotency-Key`; at most 3 s an attempt
    /// and 8 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 404, 405, 406, 408, 409, 413, 415, 422, 429, 500, 503.
    pub fn apply_discount(&self, variant_id: VariantId, body: DiscountApply) -> Call<ApplyDiscount> {
        Call::new(self.core.call(ApplyDiscount::new(variant_id, body)))
    }

    /// Removes a discount from a variant.
    ///
    /// A discount that is not on the variant is 404.
    ///
    /// `DELETE /products/variants/{variantId}/discounts/{discountId}`. Needs a token with one of the roles
    /// admin, manager, marketing. Repeated after a passing failure; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 204; otherwise 400, 401, 403, 404, 405, 406, 408, 429, 500, 503.
    pub fn remove_discount(&self, variant_id: VariantId, discount_id: DiscountId) -> Call<RemoveDiscount> {
        Call::new(self.core.call(RemoveDiscount::new(variant_id, discount_id)))
    }

    /// Lists discounts, newest first, a page at a time.
    ///
    /// Filters combine with "and".
    ///
    /// `GET /discounts`. Needs a token with one of the roles admin, manager, marketing. Repeated after a
    /// passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 405, 406, 408, 429, 500, 503.
    pub fn list_discounts(&self) -> Call<ListDiscounts> {
        Call::new(self.core.call(ListDiscounts::new()))
    }

    /// Creates a discount; it takes effect on the variants that it is applied to.
    ///
    /// A name is unique: 409 otherwise. `value` is at most 100 for PERCENTAGE; `currency` is required for
    /// FIXED_AMOUNT and refused for every other type; `startDate` is before `endDate`; 400 otherwise.
    ///
    /// `POST /discounts`. Needs a token with one of the roles admin, manager, marketing. Repeated after a
    /// passing failure, with the same `Idempotency-Key`; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 201; otherwise 400, 401, 403, 405, 406, 408, 409, 413, 415, 422, 429, 500, 503.
    pub fn create_discount(&self, body: DiscountCreate) -> Call<CreateDiscount> {
        Call::new(self.core.call(CreateDiscount::new(body)))
    }

    /// Reads a discount.
    ///
    /// With its conditions. The variants that it is applied to are not listed.
    ///
    /// `GET /discounts/{discountId}`. Needs a token with one of the roles admin, manager, marketing.
    /// Repeated after a passing failure; at most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 304, 400, 401, 403, 404, 405, 406, 408, 429, 500, 503.
    pub fn get_discount(&self, discount_id: DiscountId) -> Call<GetDiscount> {
        Call::new(self.core.call(GetDiscount::new(discount_id)))
    }

    /// Changes a discount by a JSON merge patch.
    ///
    /// A field that is absent stays as it is; `null` removes the currency. The discount must be sound after
    /// the change, as if it were created so. 409 when its name is taken, or when it would overlap another
    /// one on a variant. A patch that changes nothing is 200, and writes no event.
    ///
    /// `PATCH /discounts/{discountId}`. Needs a token with one of the roles admin, manager, marketing.
    /// Repeated only when the service provably did not see it; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 200; otherwise 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 429, 500, 503.
    pub fn patch_discount(&self, discount_id: DiscountId, body: DiscountPatch) -> Call<PatchDiscount> {
        Call::new(self.core.call(PatchDiscount::new(discount_id, body)))
    }

    /// Deletes a discount, and takes it off every variant.
    ///
    /// The prices of those variants change at once. The discount is 404 from then on, its name free again.
    ///
    /// `DELETE /discounts/{discountId}`. Needs a token with one of the roles admin, manager, marketing.
    /// Repeated after a passing failure; at most 3 s an attempt and 8 s in all.
    ///
    /// Answers 204; otherwise 400, 401, 403, 404, 405, 406, 408, 412, 429, 500, 503.
    pub fn delete_discount(&self, discount_id: DiscountId) -> Call<DeleteDiscount> {
        Call::new(self.core.call(DeleteDiscount::new(discount_id)))
    }

    /// Tells that the process answers.
    ///
    /// Asks nothing that the service stands on, so an orchestrator never restarts it for another's fault.
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

    /// Reads the metrics of the service in the text format of Prometheus.
    ///
    /// For whoever runs the service; a token of the role `operator` is what a scraper is given.
    ///
    /// `GET /metrics`. Needs a token with one of the roles operator. Repeated after a passing failure; at
    /// most 2 s an attempt and 5 s in all.
    ///
    /// Answers 200; otherwise 401, 403, 405, 406, 408, 500, 503.
    pub fn get_metrics(&self) -> Call<GetMetrics> {
        Call::new(self.core.call(GetMetrics::new()))
    }

    /// Reads this document, as JSON.
    ///
    /// For those who generate clients, and for tools that compare two versions.
    ///
    /// `GET /openapi.json`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5
    /// s in all.
    ///
    /// Answers 200; otherwise 405, 406, 408, 500, 503.
    pub fn get_document(&self) -> Call<GetDocument> {
        Call::new(self.core.call(GetDocument::new()))
    }

    /// Shows this document as an interactive page.
    ///
    /// The page carries all that it needs, and works offline.
    ///
    /// `GET /docs`. Needs no token. Repeated after a passing failure; at most 2 s an attempt and 5 s in
    /// all.
    ///
    /// Answers 200; otherwise 405, 406, 408, 500, 503.
    pub fn get_docs(&self) -> Call<GetDocs> {
        Call::new(self.core.call(GetDocs::new()))
    }
}
