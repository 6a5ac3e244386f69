use crate::inventory::key;
use crate::{Event, Version};
use product_types::{InventoryItemId, ProductId, VariantId, WarehouseId};
use serde::{Deserialize, Serialize};

/// A variant has a stock record in a warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InventoryItemCreated {
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
    /// How many can be sold from the start; `newQuantity` and `availableQuantity` are read too.
    #[serde(
        alias = "newQuantity",
        alias = "availableQuantity",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub new_quantity_available: Option<i64>,
    /// At how many the stock counts as low.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low_stock_threshold: Option<i64>,
}

impl InventoryItemCreated {
    /// States that stock of the variant is being kept; set the other fields afterwards.
    #[must_use]
    pub fn new(variant_id: VariantId) -> Self {
        Self {
            inventory_item_id: None,
            product_id: None,
            variant_id: Some(variant_id),
            sku: None,
            warehouse_id: None,
            new_quantity_available: None,
            low_stock_threshold: None,
        }
    }
}

impl Event for InventoryItemCreated {
    const TYPE: &'static str = "InventoryItemCreated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "item";
    const ROUTING_KEY: &'static str = "inventory.item.created.v1";
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
