// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Variant`.

use product_types::{InventorySetup, InventoryStatus, ProductId, ProductStatus, Timestamp, VariantId};
use serde::{Deserialize, Serialize};

use super::{Attribute, Image, VariantPrice};

/// What is sold - one size or colour of a product, with its own SKU and price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    /// A variant of a product.
    pub id: VariantId,
    /// A product.
    pub product_id: ProductId,
    /// The stock keeping unit, unique among all variants. Length: 1 to 100. Pattern: `^\S(.*\S)?$`.
    pub sku: String,
    /// The name, such as the size and the colour. Length: 1 to 255.
    pub name: String,
    /// Where a product or a variant is in its life. Written in upper case; readers accept any case and keep
    /// what they do not know.
    pub status: ProductStatus,
    /// Its properties. Items: at most 100.
    pub attributes: Vec<Attribute>,
    /// Its pictures. Items: at most 250.
    pub images: Vec<Image>,
    /// The status of the product.
    pub product_status: ProductStatus,
    /// Whether it can be bought right now - product and variant are ACTIVE, a price is set, and the
    /// inventory record is ready.
    pub purchasable: bool,
    /// The price in force; absent until one is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<VariantPrice>,
    /// The stock as it was last heard of; indicative.
    pub inventory_status: InventoryStatus,
    /// When the stock was last heard of; absent when it never was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inventory_as_of: Option<Timestamp>,
    /// Whether the inventory service has set up its record.
    pub inventory_setup: InventorySetup,
    /// Grows by one with each change. Range: at least 1.
    pub version: u64,
    /// When the variant was created.
    pub created_at: Timestamp,
    /// When the variant was last changed.
    pub updated_at: Timestamp,
}
