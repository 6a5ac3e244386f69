// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Discount`.

use product_types::{CurrencyCode, Decimal, DiscountId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{DiscountStatus, DiscountType};

/// A reduction that takes effect on the variants that it is applied to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Discount {
    /// A discount.
    pub id: DiscountId,
    /// The name, unique among all discounts. Length: 1 to 255.
    pub name: String,
    /// What it is for; may be empty. Length: at most 1000.
    pub description: String,
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
    /// Where a discount is in its life; it counts while it is ACTIVE and its time has come.
    pub status: DiscountStatus,
    /// On what the discount depends, such as a minimum basket; its meaning is the checkout's. A discount
    /// with any condition never changes `currentPrice`. Properties: at most 100.
    pub conditions: Map<String, Value>,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    pub metadata: Map<String, Value>,
    /// When the discount was created.
    pub created_at: Timestamp,
    /// When the discount was last changed.
    pub updated_at: Timestamp,
}
