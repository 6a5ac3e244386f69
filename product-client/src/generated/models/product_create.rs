// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `ProductCreate`.

use product_types::CategoryId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Attribute, Image, VariantCreate};

/// A product to be created. It starts as a DRAFT.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductCreate {
    /// The name, unique within its brand. Length: 3 to 255.
    pub name: String,
    /// What it is, in HTML; may be empty. It is sanitised when it is written, and the limit holds for what
    /// is sent and for what is kept, where `&` is `&amp;`; so what was read can be sent back. Length: at
    /// most 10000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// One or two sentences; sanitised and limited like the description. Length: at most 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_description: Option<String>,
    /// Who makes it. Length: 1 to 100.
    pub brand: String,
    /// The categories it is in. Items: 1 to 50.
    pub category_ids: Vec<CategoryId>,
    /// Free labels. Items: at most 100. Length: 1 to 100 of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Its properties. Items: at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<Attribute>>,
    /// Its pictures. Items: at most 250.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<Image>>,
    /// Words that find it besides those in its texts. Items: at most 100. Length: 1 to 100 of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_keywords: Option<Vec<String>>,
    /// Where it is made; ISO 3166-1, two capital letters. Length: 2. Pattern: `^[A-Z]{2}$`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_of_origin: Option<String>,
    /// Whether it needs care in transport. Default: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_hazardous_material: Option<bool>,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// The first variants; created with the product or not at all. Items: at most 250.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variants: Option<Vec<VariantCreate>>,
}

impl ProductCreate {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        brand: impl Into<String>,
        category_ids: impl IntoIterator<Item = CategoryId>,
    ) -> Self {
        Self {
            name: name.into(),
            description: None,
            short_description: None,
            brand: brand.into(),
            category_ids: category_ids.into_iter().collect(),
            tags: None,
            attributes: None,
            images: None,
            search_keywords: None,
            country_of_origin: None,
            is_hazardous_material: None,
            metadata: None,
            variants: None,
        }
    }

    /// Sets `description`.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets `shortDescription`.
    #[must_use]
    pub fn with_short_description(mut self, short_description: impl Into<String>) -> Self {
        self.short_description = Some(short_description.into());
        self
    }

    /// Sets `tags`.
    #[must_use]
    pub fn with_tags(mut self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = Some(tags.into_iter().map(Into::into).collect());
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
    pub fn with_country_of_origin(mut self, country_of_origin: impl Into<String>) -> Self {
        self.country_of_origin = Some(country_of_origin.into());
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

    /// Sets `variants`.
    #[must_use]
    pub fn with_variants(mut self, variants: impl IntoIterator<Item = VariantCreate>) -> Self {
        self.variants = Some(variants.into_iter().collect());
        self
    }
}
