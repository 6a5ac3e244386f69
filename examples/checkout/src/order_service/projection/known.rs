//! What the projection knows, read back.

use super::{Projection, unreadable};
use crate::failure::Failure;
use crate::order_service::order::SnapshotAttribute;
use crate::order_service::store::parsed;
use product_types::{InventorySetup, Money, ProductId, ProductStatus, Timestamp, VariantId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Result as SqlResult, Row};

/// A product as the events left it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownProduct {
    /// The product.
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// Its brand.
    pub brand: String,
    /// Its status.
    pub status: ProductStatus,
}

/// A variant as the events left it, with the status of its product.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownVariant {
    /// The variant.
    pub id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// The stock keeping unit.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its own status.
    pub status: ProductStatus,
    /// The status of its product.
    pub product_status: ProductStatus,
    /// Whether stock is kept for it.
    pub inventory_setup: InventorySetup,
    /// What tells it from its siblings.
    pub attributes: Vec<SnapshotAttribute>,
    /// Its price and since when it holds; none until one is set.
    pub price: Option<(Money, Timestamp)>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Of when this knowledge is.
    pub as_of: Timestamp,
}

impl KnownVariant {
    /// Whether it could be bought, by the rule of the Product Service: product and variant on sale, a price set, and
    /// stock kept.
    #[must_use]
    pub fn purchasable(&self) -> bool {
        self.status == ProductStatus::Active
            && self.product_status == ProductStatus::Active
            && self.inventory_setup == InventorySetup::Ready
            && self.price.is_some()
    }
}

impl Projection {
    /// One variant, if the events spoke of it and it is not gone.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn variant(&self, id: &VariantId) -> Result<Option<KnownVariant>, Failure> {
        let row = sqlx::query(
            "SELECT variant.*, product.status AS product_status FROM projection_variants variant \
             JOIN projection_products product USING (product_id) WHERE variant_id = ?",
        )
        .bind(id.as_str())
        .fetch_optional(self.store.read())
        .await
        .map_err(unreadable)?;
        row.map(|row| known_variant(&row)).transpose().map_err(unreadable)
    }

    /// Every variant.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn variants(&self) -> Result<Vec<KnownVariant>, Failure> {
        sqlx::query(
            "SELECT variant.*, product.status AS product_status FROM projection_variants variant \
             JOIN projection_products product USING (product_id)",
        )
        .fetch_all(self.store.read())
        .await
        .and_then(|rows| rows.iter().map(known_variant).collect())
        .map_err(unreadable)
    }

    /// Every product.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn products(&self) -> Result<Vec<KnownProduct>, Failure> {
        sqlx::query("SELECT product_id, name, brand, status FROM projection_products")
            .fetch_all(self.store.read())
            .await
            .and_then(|rows| rows.iter().map(known_product).collect())
            .map_err(unreadable)
    }
}

fn known_product(row: &SqliteRow) -> SqlResult<KnownProduct> {
    Ok(KnownProduct {
        id: parsed(row, "product_id")?,
        name: row.try_get("name")?,
        brand: row.try_get("brand")?,
        status: parsed(row, "status")?,
    })
}

fn known_variant(row: &SqliteRow) -> SqlResult<KnownVariant> {
    let attributes: &str = row.try_get("attributes")?;
    let priced: Option<&str> = row.try_get("amount")?;
    let price = match priced {
        None => None,
        Some(_) => Some((
            Money::new(parsed(row, "amount")?, parsed(row, "currency")?),
            parsed(row, "price_since")?,
        )),
    };
    Ok(KnownVariant {
        id: parsed(row, "variant_id")?,
        product_id: parsed(row, "product_id")?,
        sku: row.try_get("sku")?,
        name: row.try_get("name")?,
        status: parsed(row, "status")?,
        product_status: parsed(row, "product_status")?,
        inventory_setup: parsed(row, "inventory_setup")?,
        attributes: serde_json::from_str(attributes).map_err(|cause| sqlx::Error::Decode(cause.into()))?,
        price,
        created_at: parsed(row, "created_at")?,
        as_of: parsed(row, "as_of")?,
    })
}
