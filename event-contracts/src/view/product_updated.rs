use super::{CategoryNameView, EventView, Id, ImageView, JsonObject, Text, VariantStateView};
use crate::product::{ProductUpdated, brand};
use crate::{Error, Event};
use product_types::{ProductId, ProductStatus, Timestamp};
use serde::Deserialize;

/// A [`ProductUpdated`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
#[non_exhaustive]
pub struct ProductUpdatedView<'a> {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: Id<'a, ProductId>,
    /// The names of the fields that changed, as they stand in the JSON; empty when the message does not say.
    #[serde(default)]
    pub updated_fields: Vec<Text<'a>>,
    /// Its name.
    pub name: Text<'a>,
    /// Its description; HTML that was sanitised, or text.
    #[serde(default)]
    pub description: Text<'a>,
    /// The short form of it.
    #[serde(default)]
    pub short_description: Option<Text<'a>>,
    /// The name of its brand; an object with `name` is read too.
    #[serde(deserialize_with = "brand::name")]
    pub brand: Text<'a>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Text<'a>>,
    /// Its status.
    pub status: ProductStatus,
    /// Its categories.
    #[serde(default)]
    pub categories: Vec<CategoryNameView<'a>>,
    /// Variants as they are now; one that is not in the list is not gone.
    #[serde(default)]
    pub variants: Vec<VariantStateView<'a>>,
    /// Its pictures.
    #[serde(default)]
    pub images: Vec<ImageView<'a>>,
    /// Words by which it shall be found.
    #[serde(default)]
    pub search_keywords: Vec<Text<'a>>,
    /// Whatever its owner keeps beside it.
    #[serde(default)]
    pub metadata: JsonObject<'a>,
    /// When.
    pub updated_at: Timestamp,
    /// Who.
    pub updated_by: Text<'a>,
}

impl<'a> EventView<'a> for ProductUpdatedView<'a> {
    type Event = ProductUpdated;

    fn key(&self) -> &str {
        self.product_id.as_str()
    }

    fn into_event(self) -> Result<ProductUpdated, Error> {
        Ok(ProductUpdated {
            product_id: self.product_id.to_id(),
            updated_fields: self.updated_fields.into_iter().map(Text::into_owned).collect(),
            name: self.name.into_owned(),
            description: self.description.into_owned(),
            short_description: self.short_description.map(Text::into_owned),
            brand: self.brand.into_owned(),
            tags: self.tags.into_iter().map(Text::into_owned).collect(),
            status: self.status,
            categories: self
                .categories
                .into_iter()
                .map(CategoryNameView::into_owned)
                .collect(),
            variants: self
                .variants
                .into_iter()
                .map(VariantStateView::into_owned)
                .collect(),
            images: self.images.into_iter().map(ImageView::into_owned).collect(),
            search_keywords: self.search_keywords.into_iter().map(Text::into_owned).collect(),
            metadata: self.metadata.to_map(ProductUpdated::TYPE)?,
            updated_at: self.updated_at,
            updated_by: self.updated_by.into_owned(),
        })
    }
}
