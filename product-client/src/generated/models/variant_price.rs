// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `VariantPrice`.

use product_types::{CurrencyCode, Decimal, Timestamp};
use serde::{Deserialize, Serialize};

/// The price of a variant, in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VariantPrice {
    /// The price in force; the `currentPrice` of the whole price.
    pub amount: Decimal,
    /// ISO 4217, three capital letters.
    pub currency: CurrencyCode,
    /// Since when it is in force.
    pub effective_date: Timestamp,
}
