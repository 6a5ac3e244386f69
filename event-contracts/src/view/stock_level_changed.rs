use super::{EventView, Id, Text};
use crate::Error;
use crate::inventory::{StockChangeType, StockLevelChanged};
use product_types::{InventoryItemId, InventoryStatus, ProductId, Timestamp, VariantId, WarehouseId};
use serde::Deserialize;

/// A [`StockLevelChanged`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
#[non_exhaustive]
pub struct StockLevelChangedView<'a> {
    /// The stock record.
    #[serde(default)]
    pub inventory_item_id: Option<Id<'a, InventoryItemId>>,
    /// The product.
    #[serde(default)]
    pub product_id: Option<Id<'a, ProductId>>,
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId", default)]
    pub variant_id: Option<Id<'a, VariantId>>,
    /// The variant's stock keeping unit.
    #[serde(default)]
    pub sku: Option<Text<'a>>,
    /// The warehouse; missing from a writer that states the sum over all.
    #[serde(default)]
    pub warehouse_id: Option<Id<'a, WarehouseId>>,
    /// The place in the warehouse.
    #[serde(default)]
    pub location: Option<Text<'a>>,
    /// What moved the stock; `transactionType` is read too.
    #[serde(alias = "transactionType", default)]
    pub change_type: Option<StockChangeType>,
    /// How many could be sold before; `previousQuantity` is read too.
    #[serde(alias = "previousQuantity", default)]
    pub previous_quantity_available: Option<i64>,
    /// How many can be sold now; `newQuantity` and `availableQuantity` are read too.
    #[serde(alias = "newQuantity", alias = "availableQuantity")]
    pub new_quantity_available: i64,
    /// The difference; `changeAmount` is read too.
    #[serde(alias = "changeAmount", default)]
    pub quantity_changed: Option<i64>,
    /// How many are reserved in all, afterwards.
    #[serde(default)]
    pub quantity_reserved: Option<i64>,
    /// How many there are, reserved ones included.
    #[serde(default)]
    pub quantity_on_hand: Option<i64>,
    /// The booking in the Inventory Service.
    #[serde(default)]
    pub transaction_id: Option<Text<'a>>,
    /// Why, in words; `changeReason` is read too.
    #[serde(alias = "changeReason", default)]
    pub reason: Option<Text<'a>>,
    /// What somebody wrote beside it.
    #[serde(default)]
    pub notes: Option<Text<'a>>,
    /// What that quantity means.
    #[serde(default)]
    pub status: Option<InventoryStatus>,
    /// When the record was changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
}

impl<'a> EventView<'a> for StockLevelChangedView<'a> {
    type Event = StockLevelChanged;

    fn key(&self) -> &str {
        let variant = self.variant_id.as_ref().map(Id::as_str);
        variant
            .or(self.sku.as_deref())
            .or(self.inventory_item_id.as_ref().map(Id::as_str))
            .or(self.product_id.as_ref().map(Id::as_str))
            .unwrap_or_default()
    }

    fn into_event(self) -> Result<StockLevelChanged, Error> {
        Ok(StockLevelChanged {
            inventory_item_id: self.inventory_item_id.map(|id| id.to_id()),
            product_id: self.product_id.map(|id| id.to_id()),
            variant_id: self.variant_id.map(|id| id.to_id()),
            sku: self.sku.map(Text::into_owned),
            warehouse_id: self.warehouse_id.map(|id| id.to_id()),
            location: self.location.map(Text::into_owned),
            change_type: self.change_type,
            previous_quantity_available: self.previous_quantity_available,
            new_quantity_available: self.new_quantity_available,
            quantity_changed: self.quantity_changed,
            quantity_reserved: self.quantity_reserved,
            quantity_on_hand: self.quantity_on_hand,
            transaction_id: self.transaction_id.map(Text::into_owned),
            reason: self.reason.map(Text::into_owned),
            notes: self.notes.map(Text::into_owned),
            status: self.status,
            updated_at: self.updated_at,
        })
    }
}
