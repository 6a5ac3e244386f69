use crate::{Event, Version};
use product_types::{ProductId, Timestamp, VariantId};
use serde::{Deserialize, Serialize};

/// A variant left its product. The removal of a whole product does not say this for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductVariantRemoved {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: ProductId,
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: VariantId,
    /// When.
    pub removed_at: Timestamp,
    /// Who.
    pub removed_by: String,
}

impl ProductVariantRemoved {
    /// States that the variant left its product.
    #[must_use]
    pub fn new(
        product_id: ProductId,
        variant_id: VariantId,
        removed_at: Timestamp,
        removed_by: impl Into<String>,
    ) -> Self {
        Self {
            product_id,
            variant_id,
            removed_at,
            removed_by: removed_by.into(),
        }
    }
}

impl Event for ProductVariantRemoved {
    const TYPE: &'static str = "ProductVariantRemoved";
    const ALIASES: &'static [&'static str] = &["ProductVariantDeleted"];
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "variant";
    const ROUTING_KEY: &'static str = "product.variant.removed.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
