// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `PostalAddress`.

use serde::{Deserialize, Serialize};

/// By letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostalAddress {
    /// Who.
    pub name: String,
    /// Where.
    pub street: String,
}
