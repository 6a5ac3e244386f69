// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `DiscountPatch`.

use client_core::Patch;
use product_types::{CurrencyCode, Decimal, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{DiscountStatus, DiscountType};

/// The fields of a discount to be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiscountPatch {
    /// The name, unique among all discounts. Length: 1 to 255.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for; may be empty. Length: at most 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What a discount takes off. Only PERCENTAGE and FIXED_AMOUNT change a price; FREE_SHIPPING and
    /// BUY_X_GET_Y are for the checkout to honour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<DiscountType>,
    /// Percent for PERCENTAGE, and then at most 100; money for FIXED_AMOUNT.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// For FIXED_AMOUNT only, and then required; null removes it.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    pub currency: Patch<CurrencyCode>,
    /// From when it counts; before `endDate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Timestamp>,
    /// Until when it counts; at that moment it no longer does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Timestamp>,
    /// Where a discount is in its life; it counts while it is ACTIVE and its time has come.
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

impl DiscountPatch {
    /// Changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `name`.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets `description`.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets `type`.
    #[must_use]
    pub fn with_type(mut self, r#type: DiscountType) -> Self {
        self.r#type = Some(r#type);
        self
    }

    /// Sets `value`.
    #[must_use]
    pub fn with_value(mut self, value: Decimal) -> Self {
        self.value = Some(value);
        self
    }

    /// Sets `currency`.
    #[must_use]
    pub fn with_currency(mut self, currency: impl Into<Patch<CurrencyCode>>) -> Self {
        self.currency = currency.into();
        self
    }

    /// Sets `startDate`.
    #[must_use]
    pub fn with_start_date(mut self, start_date: Timestamp) -> Self {
        self.start_date = Some(start_date);
        self
    }

    /// Sets `endDate`.
    #[must_use]
    pub fn with_end_date(mut self, end_date: Timestamp) -> Self {
        self.end_date = Some(end_date);
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
