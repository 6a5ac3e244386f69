use crate::{Event, Version};
use product_types::{InventoryItemId, ProductId, VariantId};
use serde::{Deserialize, Serialize};

/// The Inventory Service keeps stock of a variant from now on: the answer that ends "pending inventory".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InventoryRecordInitialized {
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: VariantId,
    /// The product.
    pub product_id: ProductId,
    /// The stock record.
    pub inventory_item_id: InventoryItemId,
}

impl InventoryRecordInitialized {
    /// States that stock of the variant is being kept.
    #[must_use]
    pub fn new(variant_id: VariantId, product_id: ProductId, inventory_item_id: InventoryItemId) -> Self {
        Self {
            variant_id,
            product_id,
            inventory_item_id,
        }
    }
}

impl Event for InventoryRecordInitialized {
    const TYPE: &'static str = "InventoryRecordInitialized";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "record";
    const ROUTING_KEY: &'static str = "inventory.record.initialized.v1";
    const EXCHANGE: &'static str = "inventory.events";
    const KEY: &'static str = "variantId";

    fn key(&self) -> &str {
        self.variant_id.as_str()
    }
}
