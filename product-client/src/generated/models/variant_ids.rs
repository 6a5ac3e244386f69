// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `VariantIds`.

use product_types::VariantId;
use serde::{Deserialize, Serialize};

/// The variants to be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VariantIds {
    /// Their ids. Items: 1 to 100.
    pub ids: Vec<VariantId>,
}

impl VariantIds {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(ids: impl IntoIterator<Item = VariantId>) -> Self {
        Self {
            ids: ids.into_iter().collect(),
        }
    }
}
