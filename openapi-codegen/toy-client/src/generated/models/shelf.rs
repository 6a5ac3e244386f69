// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Shelf`.

use serde::{Deserialize, Serialize};

use super::{Book, Size};

/// What stands on a shelf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shelf {
    /// From left to right.
    pub books: Vec<Book>,
    /// How large it is, where somebody measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
}
