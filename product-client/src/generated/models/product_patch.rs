// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `ProductPatch`.

use client_core::Patch;
use product_types::{CategoryId, ProductStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Attribute, Image};

/// The fields of a product to be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductPatch {
    /// The name, unique within its brand. Length: 3 to 255.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is, in HTML; may be empty. It is sanitised when it is written, and the limit holds for what
    /// is sent and for what is kept, where `&` is `&amp;`; so what was read can be sent back. Length: at
    /// most 10000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// One or two sentences, at most 500 characters; sanitised and limited like the description; null
    /// removes it. Length: at most 500.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    pub short_description: Patch<String>,
    /// Who makes it. Length: 1 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The categories it is in. Items: 1 to 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_ids: Option<Vec<CategoryId>>,
    /// Free labels. Items: at most 100. Length: 1 to 100 of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Where a product or a variant is in its life. Written in upper case; readers accept any case and keep
    /// what they do not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ProductStatus>,
    /// Its properties. Items: at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<Attribute>>,
    /// Its pictures. Items: at most 250.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<Image>>,
    /// Words that find it besides those in its texts. Items: at most 100. Length: 1 to 100 of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_keywords: Option<Vec<String>>,
    /// Where it is made; ISO 3166-1, two capital letters; null removes it. Length: 2. Pattern:
    /// `^[A-Z]{2}$`.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    pub country_of_origin: Patch<String>,
    /// Whether it needs care in transport.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_hazardous_material: Option<bool>,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
}

impl ProductPatch {
    /// Changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `name`.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets `description`.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets `shortDescription`.
    #[must_use]
    pub fn with_short_description(mut self, short_description: impl Into<Patch<String>>) -> Self {
        self.short_description = short_description.into();
        self
    }

    /// Sets `brand`.
    #[must_use]
    pub fn with_brand(mut self, brand: impl Into<String>) -> Self {
        self.brand = Some(brand.into());
        self
    }

    /// Sets `categoryIds`.
    #[must_use]
    pub fn with_category_ids(mut self, category_ids: impl IntoIterator<Item = CategoryId>) -> Self {
        self.category_ids = Some(category_ids.into_iter().collect());
        self
    }

    /// Sets `tags`.
    #[must_use]
    pub fn with_tags(mut self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Sets `status`.
    #[must_use]
    pub fn with_status(mut self, status: ProductStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets `attributes`.
    #[must_use]
    pub fn with_attributes(mut self, attributes: impl IntoIterator<Item = Attribute>) -> Self {
        self.attributes = Some(attributes.into_iter().collect());
        self
    }

    /// Sets `images`.
    #[must_use]
    pub fn with_images(mut self, images: impl IntoIterator<Item = Image>) -> Self {
        self.images = Some(images.into_iter().collect());
        self
    }

    /// Sets `searchKeywords`.
    #[must_use]
    pub fn with_search_keywords(
        mut self,
        search_keywords: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.search_keywords = Some(search_keywords.into_iter().map(Into::into).collect());
        self
    }

    /// Sets `countryOfOrigin`.
    #[must_use]
    pub fn with_country_of_origin(mut self, country_of_origin: impl Into<Patch<String>>) -> Self {
        self.country_of_origin = country_of_origin.into();
        self
    }

    /// Sets `isHazardousMaterial`.
    #[must_use]
    pub fn with_is_hazardous_material(mut self, is_hazardous_material: bool) -> Self {
        self.is_hazardous_material = Some(is_hazardous_material);
        self
    }

    /// Sets `metadata`.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Map<String, Value>) -> Self {
        self.metadata = Some(metadata);
        self
    }
}
