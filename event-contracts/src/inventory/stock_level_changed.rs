use crate::inventory::{StockChangeType, key};
use crate::{Event, Version};
use product_types::{InventoryItemId, InventoryStatus, ProductId, Timestamp, VariantId, WarehouseId};
use serde::{Deserialize, Serialize};

/// The stock of a variant in a warehouse changed.
///
/// The documents give it two shapes, and only the quantity afterwards is in both: everything else may be missing.
/// It is also published under the routing key `inventory.stocklevelchanged.inventoryitem`.
///
/// The writer numbers nothing: the newest timestamp wins, and where `previous_quantity_available` is not what was
/// known, something was missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StockLevelChanged {
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
    /// The place in the warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// What moved the stock; `transactionType` is read too.
    #[serde(alias = "transactionType", default, skip_serializing_if = "Option::is_none")]
    pub change_type: Option<StockChangeType>,
    /// How many could be sold before; `previousQuantity` is read too.
    #[serde(alias = "previousQuantity", default, skip_serializing_if = "Option::is_none")]
    pub previous_quantity_available: Option<i64>,
    /// How many can be sold now; `newQuantity` and `availableQuantity` are read too.
    #[serde(alias = "newQuantity", alias = "availableQuantity")]
    pub new_quantity_available: i64,
    /// The difference, negative when it became less; `changeAmount` is read too.
    #[serde(alias = "changeAmount", default, skip_serializing_if = "Option::is_none")]
    pub quantity_changed: Option<i64>,
    /// How many are reserved in all, afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity_reserved: Option<i64>,
    /// How many there are, reserved ones included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity_on_hand: Option<i64>,
    /// The booking in the Inventory Service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<String>,
    /// Why, in words; `changeReason` is read too.
    #[serde(alias = "changeReason", default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What somebody wrote beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// What that quantity means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<InventoryStatus>,
    /// When the record was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

impl StockLevelChanged {
    /// States how many of the variant can be sold now; set the other fields afterwards.
    #[must_use]
    pub fn new(variant_id: VariantId, new_quantity_available: i64) -> Self {
        Self {
            inventory_item_id: None,
            product_id: None,
            variant_id: Some(variant_id),
            sku: None,
            warehouse_id: None,
            location: None,
            change_type: None,
            previous_quantity_available: None,
            new_quantity_available,
            quantity_changed: None,
            quantity_reserved: None,
            quantity_on_hand: None,
            transaction_id: None,
            reason: None,
            notes: None,
            status: None,
            updated_at: None,
        }
    }
}

impl Event for StockLevelChanged {
    const TYPE: &'static str = "StockLevelChanged";
    const ALIASES: &'static [&'static str] = &["InventoryUpdated", "ProductStockChanged"];
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "stock";
    const ROUTING_KEY: &'static str = "inventory.stock.changed.v1";
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
