use crate::{Event, Version};
use product_types::{DiscountId, ProductId, Timestamp, VariantId};
use serde::{Deserialize, Serialize};

/// A discount was put on a variant. Keyed by the product, as everything that moves its prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiscountAppliedToProduct {
    /// The product.
    pub product_id: ProductId,
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: VariantId,
    /// The discount.
    pub discount_id: DiscountId,
    /// Its place among the discounts of the variant, ascending; 0 when missing, which is the default of the API.
    #[serde(default)]
    pub priority: i32,
    /// When.
    pub applied_at: Timestamp,
    /// Who.
    pub applied_by: String,
}

impl DiscountAppliedToProduct {
    /// States that the discount was put on the variant.
    #[must_use]
    pub fn new(
        product_id: ProductId,
        variant_id: VariantId,
        discount_id: DiscountId,
        priority: i32,
        applied_at: Timestamp,
        applied_by: impl Into<String>,
    ) -> Self {
        Self {
            product_id,
            variant_id,
            discount_id,
            priority,
            applied_at,
            applied_by: applied_by.into(),
        }
    }
}

impl Event for DiscountAppliedToProduct {
    const TYPE: &'static str = "DiscountAppliedToProduct";
    const ALIASES: &'static [&'static str] = &["DiscountApplied"];
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "discount";
    const ROUTING_KEY: &'static str = "product.discount.applied.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
