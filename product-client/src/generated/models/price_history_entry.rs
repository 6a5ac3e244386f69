// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `PriceHistoryEntry`.

use product_types::{CurrencyCode, Decimal, PriceType, Timestamp};
use serde::{Deserialize, Serialize};

/// A price that a variant has or had, as it was set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PriceHistoryEntry {
    /// The price before any reduction.
    pub base_price: Decimal,
    /// The reduced price, when there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_price: Option<Decimal>,
    /// The price that the manufacturer suggested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub msrp: Option<Decimal>,
    /// ISO 4217, three capital letters.
    pub currency: CurrencyCode,
    /// Why the price is what it is.
    pub price_type: PriceType,
    /// When the price was set.
    pub changed_at: Timestamp,
    /// Who set it - the subject of the token. Length: 1 to 255.
    pub changed_by: String,
    /// Why the price changed, when somebody said so. Length: at most 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_reason: Option<String>,
}
