// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Small`.

use serde::{Deserialize, Serialize};

/// A small thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Small {
    /// Its name.
    pub name: String,
}
