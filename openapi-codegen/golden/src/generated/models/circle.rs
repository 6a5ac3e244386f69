// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Circle`.

use serde::{Deserialize, Serialize};

/// Round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Circle {
    /// From the middle.
    pub radius: f64,
}
