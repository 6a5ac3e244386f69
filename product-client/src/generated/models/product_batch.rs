// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `ProductBatch`.

use product_types::ProductId;
use serde::{Deserialize, Serialize};

use super::Product;

/// What a batch read found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductBatch {
    /// The products found, in the order asked for. Items: at most 100.
    pub items: Vec<Product>,
    /// The ids that were not found, in the order asked for. Items: at most 100.
    pub missing: Vec<ProductId>,
}
