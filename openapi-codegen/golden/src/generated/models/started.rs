// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Started`.

use serde::{Deserialize, Serialize};

/// It began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// When.
    pub at: String,
}
