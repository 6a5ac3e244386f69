// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `VariantBatch`.

use product_types::VariantId;
use serde::{Deserialize, Serialize};

use super::Variant;

/// What a batch read found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariantBatch {
    /// The variants found, in the order asked for. Items: at most 100.
    pub items: Vec<Variant>,
    /// The ids that were not found, in the order asked for. Items: at most 100.
    pub missing: Vec<VariantId>,
}
