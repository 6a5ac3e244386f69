// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Wide`.

use serde::{Deserialize, Serialize};

/// More than seven required properties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wide {
    /// One.
    pub a: bool,
    /// One.
    pub b: bool,
    /// One.
    pub c: bool,
    /// One.
    pub d: bool,
    /// One.
    pub e: bool,
    /// One.
    pub f: bool,
    /// One.
    pub g: bool,
    /// One.
    pub h: bool,
}
