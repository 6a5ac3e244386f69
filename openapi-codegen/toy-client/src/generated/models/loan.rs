// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Loan`.

use product_types::Timestamp;
use serde::{Deserialize, Serialize};

/// A loan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Loan {
    /// What.
    pub isbn: String,
    /// Until when.
    pub due_at: Timestamp,
}
