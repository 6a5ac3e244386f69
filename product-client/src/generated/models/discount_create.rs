// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `DiscountCreate`.

use product_types::{CurrencyCode, Decimal, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{DiscountStatus, DiscountType};

/// A discount to be created.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiscountCreate {
    /// The name, unique among all discounts. Length: 1 to 255.
    pub name: String,
    /// What it is for; may be empty. Length: at most 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What a discount takes off. Only PERCENTAGE and FIXED_AMOUNT change a price; FREE_SHIPPING and
    /// BUY_X_GET_Y are for the checkout to honour.
    pub r#type: DiscountType,
    /// Percent for PERCENTAGE, and then at most 100; money for FIXED_AMOUNT.
    pub value: Decimal,
    /// For FIXED_AMOUNT only, and then required; must equal the currency of the price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<CurrencyCode>,
    /// From when it counts; before `endDate`.
    pub start_date: Timestamp,
    /// Until when it counts; at that moment it no longer does.
    pub end_date: Timestamp,
    /// DRAFT, ACTIVE or PAUSED; anything else is 400. Default: `DRAFT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<DiscountStatus>,
    /// On what the discount depends, such as a minimum basket; its meaning is the checkout's. A discount
    /// with any condition never changes `currentPrice`. Properties: at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Map<String, Value>>,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
}

impl DiscountCreate {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        r#type: DiscountType,
        value: Decimal,
        start_date: Timestamp,
        end_date: Timestamp,
    ) -> Self {
        Self {
            name: name.into(),
            description: None,
            r#type,
            value,
            currency: None,
            start_date,
            end_date,
            status: None,
            conditions: None,
            metadata: None,
        }
    }

    /// Sets `description`.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets `currency`.
    #[must_use]
    pub fn with_currency(mut self, currency: CurrencyCode) -> Self {
        self.currency = Some(currency);
        self
    }

    /// Sets `status`.
    #[must_use]
    pub fn with_status(mut self, status: DiscountStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets `conditions`.
    #[must_use]
    pub fn with_conditions(mut self, conditions: Map<String, Value>) -> Self {
        self.conditions = Some(conditions);
        self
    }

    /// Sets `metadata`.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Map<String, Value>) -> Self {
        self.metadata = Some(metadata);
        self
    }
}
