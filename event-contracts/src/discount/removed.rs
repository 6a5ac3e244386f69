use crate::{Event, Version};
use product_types::{DiscountId, ProductId, Timestamp, VariantId};
use serde::{Deserialize, Serialize};

/// A discount was taken off a variant. Keyed by the product, as everything that moves its prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiscountRemovedFromProduct {
    /// The product.
    pub product_id: ProductId,
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: VariantId,
    /// The discount.
    pub discount_id: DiscountId,
    /// The place that it had among the discounts of the variant; 0 when missing.
    #[serde(default)]
    pub priority: i32,
    /// When.
    pub removed_at: Timestamp,
    /// Who.
    pub removed_by: String,
}

impl DiscountRemovedFromProduct {
    /// States that the discount was taken off the variant.
    #[must_use]
    pub fn new(
        product_id: ProductId,
        variant_id: VariantId,
        discount_id: DiscountId,
        priority: i32,
        removed_at: Timestamp,
        removed_by: impl Into<String>,
    ) -> Self {
        Self {
            product_id,
            variant_id,
            discount_id,
            priority,
            removed_at,
            removed_by: removed_by.into(),
        }
    }
}

impl Event for DiscountRemovedFromProduct {
    const TYPE: &'static str = "DiscountRemovedFromProduct";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "discount";
    const ROUTING_KEY: &'static str = "product.discount.removed.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
