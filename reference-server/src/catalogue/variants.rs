use super::{CatalogueError, UnitOfWork, events};
use crate::domain::{NewVariant, Price, Product, Refusal, Variant, VariantPatch, VariantPrice};
use crate::store::{StoreError, prices, variants};
use event_contracts::variant::{ProductVariantAdded, ProductVariantRemoved, ProductVariantUpdated};
use product_types::{InventorySetup, InventoryStatus, ProductId, VariantId};
use uuid::Uuid;

impl UnitOfWork {
    /// Adds a variant to a product, with its price if it has one, and writes one ProductVariantAdded.
    ///
    /// The input is validated. Refused when the product does not exist, or the SKU or the id is taken.
    pub(crate) async fn create_variant(
        &mut self,
        product_id: &ProductId,
        new: NewVariant,
    ) -> Result<Variant, CatalogueError> {
        let product = self.product(product_id).await?;
        self.check_new_variant(&new, "").await?;
        let (variant, price) = self.insert_variant(new, &product).await?;
        let state = events::variant_state(&variant, price.as_ref());
        self.emit(ProductVariantAdded::new(product.id, state)).await?;
        Ok(variant)
    }

    /// Changes a variant and writes one ProductVariantUpdated. A patch that changes nothing writes nothing.
    ///
    /// `precondition` sees the variant as it is and says whether it is the one that the caller means.
    pub(crate) async fn patch_variant(
        &mut self,
        id: &VariantId,
        patch: VariantPatch,
        precondition: impl FnOnce(&Variant) -> bool,
    ) -> Result<Variant, CatalogueError> {
        let before = self.variant(id).await?;
        if !precondition(&before) {
            return Err(Refusal::Changed.into());
        }
        let mut after = before.patched(patch)?;
        let fields = after.changed_fields(&before);
        if fields.is_empty() {
            return Ok(before);
        }
        if after.sku != before.sku {
            self.check_sku(&after.sku, "sku").await?;
        }
        after.version += 1;
        after.updated_at = self.now();
        variants::update(self.connection(), &after).await?;
        self.record("variant", id.as_str(), Some(&before), Some(&after))
            .await?;
        let price = prices::find(self.connection(), id).await?;
        let fields: Vec<String> = fields.into_iter().map(str::to_owned).collect();
        let mut state = events::variant_state(&after, price.as_ref());
        state.updated_fields.clone_from(&fields);
        let event = ProductVariantUpdated::new(after.product_id.clone(), fields, state);
        self.emit(event).await?;
        Ok(after)
    }

    /// Deletes a variant and writes one ProductVariantRemoved. Its SKU is free again.
    pub(crate) async fn delete_variant(
        &mut self,
        id: &VariantId,
        precondition: impl FnOnce(&Variant) -> bool,
    ) -> Result<(), CatalogueError> {
        let variant = self.variant(id).await?;
        if !precondition(&variant) {
            return Err(Refusal::Changed.into());
        }
        let now = self.now();
        variants::delete(self.connection(), id, now).await?;
        self.record("variant", id.as_str(), Some(&variant), None).await?;
        let event = ProductVariantRemoved::new(variant.product_id, variant.id, now, self.actor());
        Ok(self.emit(event).await?)
    }

    /// The variant that has this SKU.
    pub(crate) async fn variant_with_sku(&mut self, sku: &str) -> Result<Option<VariantId>, StoreError> {
        variants::find_by_sku(self.connection(), sku).await
    }

    pub(super) async fn variant(&mut self, id: &VariantId) -> Result<Variant, CatalogueError> {
        let found = variants::find(self.connection(), id).await?;
        found.ok_or_else(|| Refusal::NotFound("variant").into())
    }

    /// Whether SKU and id of a validated variant are free. The field's name begins with `prefix`.
    pub(super) async fn check_new_variant(
        &mut self,
        new: &NewVariant,
        prefix: &str,
    ) -> Result<(), CatalogueError> {
        self.check_sku(&new.sku, &format!("{prefix}sku")).await?;
        if let Some(id) = &new.id
            && variants::is_known(self.connection(), id).await?
        {
            return Err(
                Refusal::conflict("This id is taken.", &format!("{prefix}id"), "is already used").into(),
            );
        }
        Ok(())
    }

    /// Writes a checked variant and its price, and no event.
    pub(super) async fn insert_variant(
        &mut self,
        new: NewVariant,
        product: &Product,
    ) -> Result<(Variant, Option<Price>), CatalogueError> {
        let mut variant = Variant {
            id: new
                .id
                .unwrap_or_else(|| VariantId::from_uuid_bytes(Uuid::now_v7().into_bytes())),
            product_id: product.id.clone(),
            sku: new.sku,
            name: new.name,
            status: new.status,
            product_status: product.status.clone(),
            purchasable: false,
            price: None,
            attributes: new.attributes,
            images: new.images,
            inventory_status: InventoryStatus::Unknown,
            inventory_as_of: None,
            inventory_setup: InventorySetup::Ready,
            version: 1,
            created_at: self.now(),
            updated_at: self.now(),
        };
        variants::insert(self.connection(), &variant).await?;
        let price = match &new.price {
            Some(set) => Some(self.insert_first_price(&variant.id, set).await?),
            None => None,
        };
        variant.price = price.as_ref().map(VariantPrice::from);
        variant.purchasable = variant.is_purchasable();
        self.record("variant", variant.id.as_str(), None, Some(&variant))
            .await?;
        Ok((variant, price))
    }

    async fn check_sku(&mut self, sku: &str, field: &str) -> Result<(), CatalogueError> {
        match self.variant_with_sku(sku).await? {
            Some(_) => Err(Refusal::conflict("This SKU is already used.", field, "is already used").into()),
            None => Ok(()),
        }
    }
}
