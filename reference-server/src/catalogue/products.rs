use super::{CatalogueError, UnitOfWork, events};
use crate::domain::{CategorySummary, Invalid, NewProduct, Product, ProductPatch, Refusal, Variant};
use crate::store::{StoreError, categories, products};
use event_contracts::product::{ProductDeleted, ProductStatusChanged};
use product_types::ProductId;
use uuid::Uuid;

impl UnitOfWork {
    /// Creates a product with its first variants and their prices, and writes one ProductCreated.
    ///
    /// Refused when the input is not valid, a category does not exist, or the name within the brand, a SKU or an id
    /// is taken.
    pub(crate) async fn create_product(
        &mut self,
        new: NewProduct,
    ) -> Result<(Product, Vec<Variant>), CatalogueError> {
        let id = match &new.id {
            Some(id) if self.knows_product(id).await? => {
                return Err(Refusal::conflict("This id is taken.", "id", "is already used").into());
            }
            Some(id) => id.clone(),
            None => ProductId::from_uuid_bytes(Uuid::now_v7().into_bytes()),
        };
        let (product, new_variants) = new.into_product(id, self.now())?;
        let categories = self.categories_of(&product).await?;
        self.check_name(&product).await?;
        for (at, variant) in new_variants.iter().enumerate() {
            self.check_new_variant(variant, &format!("variants[{at}]."))
                .await?;
        }
        products::insert(self.connection(), &product).await?;
        self.record("product", product.id.as_str(), None, Some(&product))
            .await?;
        let mut variants = Vec::with_capacity(new_variants.len());
        let mut states = Vec::with_capacity(new_variants.len());
        for new in new_variants {
            let (variant, price) = self.insert_variant(new, &product).await?;
            states.push(events::variant_state(&variant, price.as_ref()));
            variants.push(variant);
        }
        let event = events::product_created(&product, &categories, states, self.actor());
        self.emit(event).await?;
        Ok((product, variants))
    }

    /// Changes a product: ProductUpdated tells of the fields, ProductStatusChanged of the status. A patch that
    /// changes nothing writes nothing.
    ///
    /// `precondition` sees the product as it is and says whether it is the one that the caller means.
    pub(crate) async fn patch_product(
        &mut self,
        id: &ProductId,
        patch: ProductPatch,
        precondition: impl FnOnce(&Product) -> bool,
    ) -> Result<Product, CatalogueError> {
        let before = self.product(id).await?;
        if !precondition(&before) {
            return Err(Refusal::Changed.into());
        }
        let mut after = before.patched(patch)?;
        let fields = after.changed_fields(&before);
        let status_changed = after.status != before.status;
        if fields.is_empty() && !status_changed {
            return Ok(before);
        }
        let new_categories = after.category_ids != before.category_ids;
        let categories = if new_categories {
            self.categories_of(&after).await?
        } else {
            categories::names(self.connection(), &after.category_ids).await?
        };
        if (&after.name, &after.brand) != (&before.name, &before.brand) {
            self.check_name(&after).await?;
        }
        after.version += 1;
        after.updated_at = self.now();
        products::update(self.connection(), &after, new_categories).await?;
        self.record("product", id.as_str(), Some(&before), Some(&after))
            .await?;
        if !fields.is_empty() {
            let event = events::product_updated(&after, &fields, &categories, self.actor());
            self.emit(event).await?;
        }
        if status_changed {
            let event = ProductStatusChanged::new(
                after.id.clone(),
                before.status,
                after.status.clone(),
                self.now(),
                self.actor(),
            );
            self.emit(event).await?;
        }
        Ok(after)
    }

    /// Deletes a product, and with it every variant; ProductDeleted tells of all. Name and SKUs are free again.
    pub(crate) async fn delete_product(
        &mut self,
        id: &ProductId,
        precondition: impl FnOnce(&Product) -> bool,
    ) -> Result<(), CatalogueError> {
        let product = self.product(id).await?;
        if !precondition(&product) {
            return Err(Refusal::Changed.into());
        }
        let now = self.now();
        products::delete(self.connection(), id, now).await?;
        self.record("product", id.as_str(), Some(&product), None).await?;
        let event = ProductDeleted::new(product.id, now, self.actor());
        Ok(self.emit(event).await?)
    }

    /// Whether there is or was a product of this id.
    pub(crate) async fn knows_product(&mut self, id: &ProductId) -> Result<bool, StoreError> {
        products::is_known(self.connection(), id).await
    }

    /// The product of this name within the brand.
    pub(crate) async fn product_named(
        &mut self,
        brand: &str,
        name: &str,
    ) -> Result<Option<ProductId>, StoreError> {
        products::find_named(self.connection(), brand, name).await
    }

    pub(super) async fn product(&mut self, id: &ProductId) -> Result<Product, CatalogueError> {
        let found = products::find(self.connection(), id).await?;
        found.ok_or_else(|| Refusal::NotFound("product").into())
    }

    /// The names of the product's categories, all of which must exist.
    async fn categories_of(&mut self, product: &Product) -> Result<Vec<CategorySummary>, CatalogueError> {
        let found = categories::names(self.connection(), &product.category_ids).await?;
        let missing = product
            .category_ids
            .iter()
            .position(|id| found.iter().all(|category| category.id != *id));
        match missing {
            Some(at) => Err(Invalid::one(format!("categoryIds[{at}]"), "does not exist").into()),
            None => Ok(found),
        }
    }

    async fn check_name(&mut self, product: &Product) -> Result<(), CatalogueError> {
        match self.product_named(&product.brand, &product.name).await? {
            Some(owner) if owner != product.id => Err(Refusal::conflict(
                "There is a product of this name and brand.",
                "name",
                "is already used within the brand",
            )
            .into()),
            _ => Ok(()),
        }
    }
}
