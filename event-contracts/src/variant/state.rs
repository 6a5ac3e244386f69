use product_types::{InventorySetup, Money, ProductStatus, Timestamp, VariantId};
use serde::{Deserialize, Serialize};

/// A variant as an event states it: its current values, whichever of them changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct VariantState {
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: VariantId,
    /// The stock keeping unit, unique among all variants.
    pub sku: String,
    /// The variant's name.
    pub name: String,
    /// What tells it from its siblings: size, colour.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// The list price, before any sale or discount; missing while the variant has no price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Money>,
    /// What a buyer pays; missing when that is the list price. Added after 1.0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_price: Option<Money>,
    /// The variant's own status. Added after 1.0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ProductStatus>,
    /// The variant's own pictures. Added after 1.0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Whether stock is being kept for it. Added after 1.0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inventory_setup: Option<InventorySetup>,
    /// When it was made; in [`ProductVariantAdded`](super::ProductVariantAdded).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was changed; in [`ProductVariantUpdated`](super::ProductVariantUpdated).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// Which of its fields changed; in [`ProductUpdated`](crate::product::ProductUpdated).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updated_fields: Vec<String>,
}

impl VariantState {
    /// A variant with nothing but its names; set the other fields afterwards.
    #[must_use]
    pub fn new(variant_id: VariantId, sku: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            variant_id,
            sku: sku.into(),
            name: name.into(),
            attributes: Vec::new(),
            list_price: None,
            current_price: None,
            status: None,
            images: Vec::new(),
            inventory_setup: None,
            created_at: None,
            updated_at: None,
            updated_fields: Vec::new(),
        }
    }

    /// What a buyer pays: the current price, or the list price when the event does not state another.
    #[must_use]
    pub fn price(&self) -> Option<Money> {
        self.current_price.or(self.list_price)
    }
}

/// One attribute of a variant: `{"name": "size", "value": "M"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A picture of a product or of a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Image {
    /// Where it is.
    pub url: String,
    /// What to say in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Its place among the pictures, ascending.
    #[serde(default)]
    pub position: u32,
}
