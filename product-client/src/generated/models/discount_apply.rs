// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `DiscountApply`.

use product_types::DiscountId;
use serde::{Deserialize, Serialize};

/// A discount to be applied to a variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiscountApply {
    /// A discount.
    pub discount_id: DiscountId,
    /// Its place among the discounts on the variant, the lowest first. Range: 0 to 1000. Default: `0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u32>,
}

impl DiscountApply {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(discount_id: DiscountId) -> Self {
        Self {
            discount_id,
            priority: None,
        }
    }

    /// Sets `priority`.
    #[must_use]
    pub fn with_priority(mut self, priority: u32) -> Self {
        self.priority = Some(priority);
        self
    }
}
