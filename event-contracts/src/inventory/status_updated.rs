use crate::inventory::key;
use crate::{Event, Version};
use product_types::{InventoryItemId, InventoryStatus, ProductId, Timestamp, VariantId, WarehouseId};
use serde::{Deserialize, Serialize};

/// What the stock of a variant means has changed: in stock, low, out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InventoryStatusUpdated {
    /// The stock record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inventory_item_id: Option<InventoryItemId>,
    /// The product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_id: Option<ProductId>,
    /// The variant; `productVariantId` is read too. Missing from a writer that knows it by its sku only.
    #[serde(alias = "productVariantId", default, skip_serializing_if = "Option::is_none")]
    pub variant_id: Option<VariantId>,
    /// The variant's stock keeping unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The warehouse; missing from a writer that states the sum over all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse_id: Option<WarehouseId>,
    /// What the stock means now; `newStatus` is read too.
    #[serde(alias = "newStatus")]
    pub status: InventoryStatus,
    /// How many can be sold now; `newQuantity` and `availableQuantity` are read too.
    #[serde(
        alias = "newQuantity",
        alias = "availableQuantity",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub new_quantity_available: Option<i64>,
    /// When the record was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

impl InventoryStatusUpdated {
    /// States what the stock of the variant means now; set the other fields afterwards.
    #[must_use]
    pub fn new(variant_id: VariantId, status: InventoryStatus) -> Self {
        Self {
            inventory_item_id: None,
            product_id: None,
            variant_id: Some(variant_id),
            sku: None,
            warehouse_id: None,
            status,
            new_quantity_available: None,
            updated_at: None,
        }
    }
}

impl Event for InventoryStatusUpdated {
    const TYPE: &'static str = "InventoryStatusUpdated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "status";
    const ROUTING_KEY: &'static str = "inventory.status.updated.v1";
    const EXCHANGE: &'static str = "inventory.events";
    const KEY: &'static str = "variantId";

    fn key(&self) -> &str {
        key::stock(
            &self.variant_id,
            &self.sku,
            &self.inventory_item_id,
            &self.product_id,
        )
    }
}
