// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `ProductIds`.

use product_types::ProductId;
use serde::{Deserialize, Serialize};

/// The products to be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProductIds {
    /// Their ids. Items: 1 to 100.
    pub ids: Vec<ProductId>,
}

impl ProductIds {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(ids: impl IntoIterator<Item = ProductId>) -> Self {
        Self {
            ids: ids.into_iter().collect(),
        }
    }
}
