use crate::variant::VariantState;
use crate::{Event, Version};
use product_types::ProductId;
use serde::{Deserialize, Serialize};

/// A variant joined a product that exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductVariantAdded {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: ProductId,
    /// The new variant, with `created_at`.
    pub variant: VariantState,
}

impl ProductVariantAdded {
    /// States that `variant` joined the product.
    #[must_use]
    pub fn new(product_id: ProductId, variant: VariantState) -> Self {
        Self { product_id, variant }
    }
}

impl Event for ProductVariantAdded {
    const TYPE: &'static str = "ProductVariantAdded";
    const ALIASES: &'static [&'static str] = &["ProductVariantCreated"];
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "variant";
    const ROUTING_KEY: &'static str = "product.variant.added.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
