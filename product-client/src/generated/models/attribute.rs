// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Attribute`.

use serde::{Deserialize, Serialize};

/// A named property, such as a size or a colour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// The name of the property. Length: 1 to 100.
    pub name: String,
    /// Its value. Length: 1 to 500.
    pub value: String,
}
