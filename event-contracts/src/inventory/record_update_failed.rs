use crate::{Event, Version};
use product_types::{ProductId, VariantId};
use serde::{Deserialize, Serialize};

/// The Inventory Service could not set up, change or retire the stock record of a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InventoryRecordUpdateFailed {
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: VariantId,
    /// The product.
    pub product_id: ProductId,
    /// Why, in words.
    pub reason: String,
}

impl InventoryRecordUpdateFailed {
    /// States why the stock record could not be kept.
    #[must_use]
    pub fn new(variant_id: VariantId, product_id: ProductId, reason: impl Into<String>) -> Self {
        Self {
            variant_id,
            product_id,
            reason: reason.into(),
        }
    }
}

impl Event for InventoryRecordUpdateFailed {
    const TYPE: &'static str = "InventoryRecordUpdateFailed";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "record";
    const ROUTING_KEY: &'static str = "inventory.record.updatefailed.v1";
    const EXCHANGE: &'static str = "inventory.events";
    const KEY: &'static str = "variantId";

    fn key(&self) -> &str {
        self.variant_id.as_str()
    }
}
