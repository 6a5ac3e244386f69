// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Product`.

use product_types::{CategoryId, ProductId, ProductStatus, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Attribute, Image};

/// A product, without its variants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// A product.
    pub id: ProductId,
    /// The name, unique within its brand. Length: 3 to 255.
    pub name: String,
    /// What it is, in HTML; may be empty. It is sanitised when it is written, and the limit holds for what
    /// is sent and for what is kept, where `&` is `&amp;`; so what was read can be sent back. Length: at
    /// most 10000.
    pub description: String,
    /// One or two sentences; sanitised and limited like the description. Length: at most 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_description: Option<String>,
    /// Who makes it. Length: 1 to 100.
    pub brand: String,
    /// The categories it is in. Items: 1 to 50.
    pub category_ids: Vec<CategoryId>,
    /// Free labels. Items: at most 100. Length: 1 to 100 of each.
    pub tags: Vec<String>,
    /// Where a product or a variant is in its life. Written in upper case; readers accept any case and keep
    /// what they do not know.
    pub status: ProductStatus,
    /// Its properties. Items: at most 100.
    pub attributes: Vec<Attribute>,
    /// Its pictures. Items: at most 250.
    pub images: Vec<Image>,
    /// Words that find it besides those in its texts. Items: at most 100. Length: 1 to 100 of each.
    pub search_keywords: Vec<String>,
    /// Where it is made; ISO 3166-1, two capital letters. Length: 2. Pattern: `^[A-Z]{2}$`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_of_origin: Option<String>,
    /// Whether it needs care in transport.
    pub is_hazardous_material: bool,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    pub metadata: Map<String, Value>,
    /// The mean of all ratings, 0 to 5; null while there is none. Range: 0 to 5.
    pub average_rating: Option<f64>,
    /// How many reviews there are. Range: at least 0.
    pub review_count: u32,
    /// Grows by one with each change. Range: at least 1.
    pub version: u64,
    /// When the product was created.
    pub created_at: Timestamp,
    /// When the product was last changed.
    pub updated_at: Timestamp,
}
