// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `CategorySummary`.

use product_types::CategoryId;
use serde::{Deserialize, Serialize};

/// A category in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CategorySummary {
    /// A category.
    pub id: CategoryId,
    /// The name, unique within its parent. Length: 1 to 100.
    pub name: String,
}
