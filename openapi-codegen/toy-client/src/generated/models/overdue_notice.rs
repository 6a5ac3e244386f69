// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `OverdueNotice`.

use product_types::Decimal;
use serde::{Deserialize, Serialize};

/// A book is not back in time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverdueNotice {
    /// Which book.
    pub isbn: String,
    /// An amount of money.
    pub fee: Decimal,
}
