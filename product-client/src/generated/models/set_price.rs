// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `SetPrice`.

use product_types::{CurrencyCode, Decimal, PriceType, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A price to be set; it replaces the one before as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SetPrice {
    /// The price before any reduction.
    pub base_price: Decimal,
    /// The reduced price; at most `basePrice`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_price: Option<Decimal>,
    /// The price that the manufacturer suggests; at least `basePrice`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub msrp: Option<Decimal>,
    /// ISO 4217, three capital letters.
    pub currency: CurrencyCode,
    /// Why the price is what it is.
    pub price_type: PriceType,
    /// From when it is in force; at once when absent or past. The first price of a variant can't begin in
    /// the future: 400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<Timestamp>,
    /// Until when it is in force; in the future, and after `effectiveFrom`. Without end when absent. The
    /// first price of a variant can't have an end: 400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_until: Option<Timestamp>,
    /// Why the price changes; kept in the history. Length: at most 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_reason: Option<String>,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
}

impl SetPrice {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(base_price: Decimal, currency: CurrencyCode, price_type: PriceType) -> Self {
        Self {
            base_price,
            sale_price: None,
            msrp: None,
            currency,
            price_type,
            effective_from: None,
            effective_until: None,
            change_reason: None,
            metadata: None,
        }
    }

    /// Sets `salePrice`.
    #[must_use]
    pub fn with_sale_price(mut self, sale_price: Decimal) -> Self {
        self.sale_price = Some(sale_price);
        self
    }

    /// Sets `msrp`.
    #[must_use]
    pub fn with_msrp(mut self, msrp: Decimal) -> Self {
        self.msrp = Some(msrp);
        self
    }

    /// Sets `effectiveFrom`.
    #[must_use]
    pub fn with_effective_from(mut self, effective_from: Timestamp) -> Self {
        self.effective_from = Some(effective_from);
        self
    }

    /// Sets `effectiveUntil`.
    #[must_use]
    pub fn with_effective_until(mut self, effective_until: Timestamp) -> Self {
        self.effective_until = Some(effective_until);
        self
    }

    /// Sets `changeReason`.
    #[must_use]
    pub fn with_change_reason(mut self, change_reason: impl Into<String>) -> Self {
        self.change_reason = Some(change_reason.into());
        self
    }

    /// Sets `metadata`.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Map<String, Value>) -> Self {
        self.metadata = Some(metadata);
        self
    }
}
