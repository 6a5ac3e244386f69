use super::{EventView, Id, ImageView, JsonObject, Text, VariantStateView};
use crate::product::{CategoryName, ProductCreated, brand};
use crate::{Error, Event};
use product_types::{CategoryId, Money, ProductId, ProductStatus, Timestamp};
use serde::Deserialize;

/// A [`ProductCreated`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
#[non_exhaustive]
pub struct ProductCreatedView<'a> {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: Id<'a, ProductId>,
    /// Its name.
    pub name: Text<'a>,
    /// Its description; HTML that was sanitised, or text.
    #[serde(default)]
    pub description: Text<'a>,
    /// The short form of it.
    #[serde(default)]
    pub short_description: Option<Text<'a>>,
    /// The first variant's stock keeping unit.
    #[serde(default)]
    pub sku: Option<Text<'a>>,
    /// The name of its brand; an object with `name` is read too.
    #[serde(deserialize_with = "brand::name")]
    pub brand: Text<'a>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Text<'a>>,
    /// Its status.
    pub status: ProductStatus,
    /// Whether it may not be shipped like anything else.
    #[serde(default)]
    pub is_hazardous_material: bool,
    /// Where it was made.
    #[serde(default)]
    pub country_of_origin: Option<Text<'a>>,
    /// The first variant's list price.
    #[serde(default)]
    pub list_price: Option<Money>,
    /// Its categories.
    #[serde(default)]
    pub categories: Vec<CategoryNameView<'a>>,
    /// Its initial variants.
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
    pub created_at: Timestamp,
    /// Who.
    pub created_by: Text<'a>,
}

/// A [`CategoryName`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub struct CategoryNameView<'a> {
    /// The category.
    pub category_id: Id<'a, CategoryId>,
    /// Its name.
    pub name: Text<'a>,
}

impl CategoryNameView<'_> {
    /// Copies it out of the message.
    #[must_use]
    pub fn into_owned(self) -> CategoryName {
        CategoryName {
            category_id: self.category_id.to_id(),
            name: self.name.into_owned(),
        }
    }
}

impl<'a> EventView<'a> for ProductCreatedView<'a> {
    type Event = ProductCreated;

    fn key(&self) -> &str {
        self.product_id.as_str()
    }

    fn into_event(self) -> Result<ProductCreated, Error> {
        Ok(ProductCreated {
            product_id: self.product_id.to_id(),
            name: self.name.into_owned(),
            description: self.description.into_owned(),
            short_description: self.short_description.map(Text::into_owned),
            sku: self.sku.map(Text::into_owned),
            brand: self.brand.into_owned(),
            tags: self.tags.into_iter().map(Text::into_owned).collect(),
            status: self.status,
            is_hazardous_material: self.is_hazardous_material,
            country_of_origin: self.country_of_origin.map(Text::into_owned),
            list_price: self.list_price,
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
            metadata: self.metadata.to_map(ProductCreated::TYPE)?,
            created_at: self.created_at,
            created_by: self.created_by.into_owned(),
        })
    }
}
