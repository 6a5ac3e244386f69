// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Size`.

use serde::{Deserialize, Serialize};

/// In metres.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From bottom to top.
    pub height: f32,
}
