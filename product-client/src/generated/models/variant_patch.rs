// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `VariantPatch`.

use product_types::ProductStatus;
use serde::{Deserialize, Serialize};

use super::{Attribute, Image};

/// The fields of a variant to be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VariantPatch {
    /// The stock keeping unit, unique among all variants. Length: 1 to 100. Pattern: `^\S(.*\S)?$`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The name, such as the size and the colour. Length: 1 to 255.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
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
}

impl VariantPatch {
    /// Changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `sku`.
    #[must_use]
    pub fn with_sku(mut self, sku: impl Into<String>) -> Self {
        self.sku = Some(sku.into());
        self
    }

    /// Sets `name`.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
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
}
