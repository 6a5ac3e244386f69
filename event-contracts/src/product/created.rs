use crate::product::brand;
use crate::variant::{Image, VariantState};
use crate::{Event, Version};
use product_types::{CategoryId, Money, ProductId, ProductStatus, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A product came to be, with its initial variants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductCreated {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: ProductId,
    /// Its name, unique within its brand.
    pub name: String,
    /// Its description; HTML that was sanitised, or text.
    #[serde(default)]
    pub description: String,
    /// The short form of it. Added after 1.0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_description: Option<String>,
    /// The first variant's stock keeping unit; missing without variants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The name of its brand; an object with `name` is read too.
    #[serde(deserialize_with = "brand::name")]
    pub brand: String,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Its status.
    pub status: ProductStatus,
    /// Whether it may not be shipped like anything else.
    #[serde(default)]
    pub is_hazardous_material: bool,
    /// Where it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_of_origin: Option<String>,
    /// The first variant's list price; missing without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Money>,
    /// Its categories.
    #[serde(default)]
    pub categories: Vec<CategoryName>,
    /// Its initial variants.
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
    pub created_at: Timestamp,
    /// Who.
    pub created_by: String,
}

/// One category of a product, with the name it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CategoryName {
    /// The category.
    pub category_id: CategoryId,
    /// Its name.
    pub name: String,
}

impl ProductCreated {
    /// A product in `DRAFT` with nothing but its names; set the other fields afterwards.
    #[must_use]
    pub fn new(
        product_id: ProductId,
        name: impl Into<String>,
        brand: impl Into<String>,
        created_at: Timestamp,
        created_by: impl Into<String>,
    ) -> Self {
        Self {
            product_id,
            name: name.into(),
            description: String::new(),
            short_description: None,
            sku: None,
            brand: brand.into(),
            tags: Vec::new(),
            status: ProductStatus::Draft,
            is_hazardous_material: false,
            country_of_origin: None,
            list_price: None,
            categories: Vec::new(),
            variants: Vec::new(),
            images: Vec::new(),
            search_keywords: Vec::new(),
            metadata: Map::new(),
            created_at,
            created_by: created_by.into(),
        }
    }

    /// Sets the initial variants, and with them the product's `sku` and `list_price`, which are the first one's.
    #[must_use]
    pub fn with_variants(mut self, variants: Vec<VariantState>) -> Self {
        let first = variants.first();
        self.sku = first.map(|variant| variant.sku.clone());
        self.list_price = first.and_then(|variant| variant.list_price);
        self.variants = variants;
        self
    }
}

impl Event for ProductCreated {
    const TYPE: &'static str = "ProductCreated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "product";
    const ROUTING_KEY: &'static str = "product.product.created.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
