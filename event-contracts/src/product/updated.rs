use crate::product::{CategoryName, brand};
use crate::variant::{Image, VariantState};
use crate::{Event, Version};
use product_types::{ProductId, ProductStatus, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A product's own fields changed. All values are the current ones, whether they changed or not.
///
/// A change of status is told by [`ProductStatusChanged`](super::ProductStatusChanged) besides, and one of a variant by the variant's events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductUpdated {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: ProductId,
    /// The names of the fields that changed, as they stand in the JSON; empty when the message does not say.
    #[serde(default)]
    pub updated_fields: Vec<String>,
    /// Its name.
    pub name: String,
    /// Its description; HTML that was sanitised, or text.
    #[serde(default)]
    pub description: String,
    /// The short form of it. Added after 1.0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_description: Option<String>,
    /// The name of its brand; an object with `name` is read too.
    #[serde(deserialize_with = "brand::name")]
    pub brand: String,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Its status.
    pub status: ProductStatus,
    /// Its categories.
    #[serde(default)]
    pub categories: Vec<CategoryName>,
    /// Variants as they are now, each with the fields that this change touched. A variant that is not in the list
    /// is not gone: only [`ProductVariantRemoved`](crate::variant::ProductVariantRemoved) says so.
    #[serde(default)]
    pub variants: Vec<VariantState>,
    /// Its pictures. Added after 1.0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Words by which it shall be found. Added after 1.0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_keywords: Vec<String>,
    /// Whatever its owner keeps beside it.
    #[serde(default, deserialize_with = "crate::free_form::object")]
    pub metadata: Map<String, Value>,
    /// When.
    pub updated_at: Timestamp,
    /// Who.
    pub updated_by: String,
}

impl ProductUpdated {
    /// States that `updated_fields` changed; set the other fields to the product's current values afterwards.
    #[must_use]
    pub fn new(
        product_id: ProductId,
        updated_fields: Vec<String>,
        name: impl Into<String>,
        brand: impl Into<String>,
        status: ProductStatus,
        updated_at: Timestamp,
        updated_by: impl Into<String>,
    ) -> Self {
        Self {
            product_id,
            updated_fields,
            name: name.into(),
            description: String::new(),
            short_description: None,
            brand: brand.into(),
            tags: Vec::new(),
            status,
            categories: Vec::new(),
            variants: Vec::new(),
            images: Vec::new(),
            search_keywords: Vec::new(),
            metadata: Map::new(),
            updated_at,
            updated_by: updated_by.into(),
        }
    }
}

impl Event for ProductUpdated {
    const TYPE: &'static str = "ProductUpdated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "product";
    const ROUTING_KEY: &'static str = "product.product.updated.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
