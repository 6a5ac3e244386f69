// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Square`.

use serde::{Deserialize, Serialize};

/// Angular.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Square {
    /// Of four.
    pub side: f64,
}
