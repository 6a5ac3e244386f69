use super::{Id, Text};
use crate::variant::{Attribute, Image, VariantState};
use product_types::{InventorySetup, Money, ProductStatus, Timestamp, VariantId};
use serde::Deserialize;

/// A [`VariantState`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
#[non_exhaustive]
pub struct VariantStateView<'a> {
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: Id<'a, VariantId>,
    /// The stock keeping unit.
    pub sku: Text<'a>,
    /// The variant's name.
    pub name: Text<'a>,
    /// What tells it from its siblings.
    #[serde(default)]
    pub attributes: Vec<AttributeView<'a>>,
    /// The list price; missing while the variant has no price.
    #[serde(default)]
    pub list_price: Option<Money>,
    /// What a buyer pays; missing when that is the list price.
    #[serde(default)]
    pub current_price: Option<Money>,
    /// The variant's own status.
    #[serde(default)]
    pub status: Option<ProductStatus>,
    /// The variant's own pictures.
    #[serde(default)]
    pub images: Vec<ImageView<'a>>,
    /// Whether stock is being kept for it.
    #[serde(default)]
    pub inventory_setup: Option<InventorySetup>,
    /// When it was made.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it was changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Which of its fields changed.
    #[serde(default)]
    pub updated_fields: Vec<Text<'a>>,
}

/// An [`Attribute`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub struct AttributeView<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Its value.
    pub value: Text<'a>,
}

/// An [`Image`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub struct ImageView<'a> {
    /// Where it is.
    pub url: Text<'a>,
    /// What to say in its place.
    #[serde(default)]
    pub alt: Option<Text<'a>>,
    /// Its place among the pictures, ascending.
    #[serde(default)]
    pub position: u32,
}

impl VariantStateView<'_> {
    /// As [`VariantState::price`].
    #[must_use]
    pub fn price(&self) -> Option<Money> {
        self.current_price.or(self.list_price)
    }

    /// Copies it out of the message.
    #[must_use]
    pub fn into_owned(self) -> VariantState {
        VariantState {
            variant_id: self.variant_id.to_id(),
            sku: self.sku.into_owned(),
            name: self.name.into_owned(),
            attributes: self
                .attributes
                .into_iter()
                .map(AttributeView::into_owned)
                .collect(),
            list_price: self.list_price,
            current_price: self.current_price,
            status: self.status,
            images: self.images.into_iter().map(ImageView::into_owned).collect(),
            inventory_setup: self.inventory_setup,
            created_at: self.created_at,
            updated_at: self.updated_at,
            updated_fields: self.updated_fields.into_iter().map(Text::into_owned).collect(),
        }
    }
}

impl AttributeView<'_> {
    /// Copies it out of the message.
    #[must_use]
    pub fn into_owned(self) -> Attribute {
        Attribute {
            name: self.name.into_owned(),
            value: self.value.into_owned(),
        }
    }
}

impl ImageView<'_> {
    /// Copies it out of the message.
    #[must_use]
    pub fn into_owned(self) -> Image {
        Image {
            url: self.url.into_owned(),
            alt: self.alt.map(Text::into_owned),
            position: self.position,
        }
    }
}
