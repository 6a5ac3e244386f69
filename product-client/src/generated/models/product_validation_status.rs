// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `ProductValidationStatus`.

use product_types::{ProductId, ProductStatus};
use serde::{Deserialize, Serialize};

/// What may be done with a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductValidationStatus {
    /// A product.
    pub product_id: ProductId,
    /// The name, unique within its brand. Length: 3 to 255.
    pub name: String,
    /// Where a product or a variant is in its life. Written in upper case; readers accept any case and keep
    /// what they do not know.
    pub status: ProductStatus,
    /// Whether a review may be handed in - the product is, or was, on sale.
    pub reviewable: bool,
    /// Whether any of its variants can be bought right now.
    pub purchasable: bool,
}
