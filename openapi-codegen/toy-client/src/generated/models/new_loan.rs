// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `NewLoan`.

use serde::{Deserialize, Serialize};

/// A loan to be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewLoan {
    /// What.
    pub isbn: String,
    /// To whom. Range: at least 1.
    pub member: u64,
}

impl NewLoan {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(isbn: impl Into<String>, member: u64) -> Self {
        Self {
            isbn: isbn.into(),
            member,
        }
    }
}
