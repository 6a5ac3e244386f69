// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `VariantCreate`.

use product_types::ProductStatus;
use serde::{Deserialize, Serialize};

use super::{Attribute, Image, SetPrice};

/// A variant to be added to a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VariantCreate {
    /// The stock keeping unit, unique among all variants. Length: 1 to 100. Pattern: `^\S(.*\S)?$`.
    pub sku: String,
    /// The name, such as the size and the colour. Length: 1 to 255.
    pub name: String,
    /// ACTIVE or DRAFT; anything else is 400. It is sold only when its product is ACTIVE too. Default:
    /// `ACTIVE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ProductStatus>,
    /// Its properties. Items: at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<Attribute>>,
    /// Its pictures. Items: at most 250.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<Image>>,
    /// The first price; it can't be scheduled, nor have an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<SetPrice>,
}

impl VariantCreate {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(sku: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            sku: sku.into(),
            name: name.into(),
            status: None,
            attributes: None,
            images: None,
            price: None,
        }
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

    /// Sets `price`.
    #[must_use]
    pub fn with_price(mut self, price: SetPrice) -> Self {
        self.price = Some(price);
        self
    }
}
