use crate::variant::VariantState;
use crate::{Event, Version};
use product_types::{ProductId, VariantId};
use serde::{Deserialize, Serialize};

/// A variant's own fields changed; a price has an event of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductVariantUpdated {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: ProductId,
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: VariantId,
    /// The names of the fields that changed, as they stand in the JSON; empty when the message does not say.
    #[serde(default)]
    pub updated_fields: Vec<String>,
    /// The variant as it is now, with `updated_at`.
    pub variant: VariantState,
}

impl ProductVariantUpdated {
    /// States that `updated_fields` of the variant changed, and what it is now.
    #[must_use]
    pub fn new(product_id: ProductId, updated_fields: Vec<String>, variant: VariantState) -> Self {
        Self {
            product_id,
            variant_id: variant.variant_id.clone(),
            updated_fields,
            variant,
        }
    }
}

impl Event for ProductVariantUpdated {
    const TYPE: &'static str = "ProductVariantUpdated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "variant";
    const ROUTING_KEY: &'static str = "product.variant.updated.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
