// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `RecallNotice`.

use serde::{Deserialize, Serialize};

/// Somebody else waits for a book.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecallNotice {
    /// Which book.
    pub isbn: String,
}
