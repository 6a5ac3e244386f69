// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `ProductStatusChange`.

use product_types::ProductStatus;
use serde::{Deserialize, Serialize};

/// The status that a product is to have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProductStatusChange {
    /// Where a product or a variant is in its life. Written in upper case; readers accept any case and keep
    /// what they do not know.
    pub status: ProductStatus,
}

impl ProductStatusChange {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(status: ProductStatus) -> Self {
        Self { status }
    }
}
