// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Price`.

use product_types::{CurrencyCode, Decimal, PriceType, Timestamp, VariantId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The price of a variant, in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Price {
    /// A variant of a product.
    pub variant_id: VariantId,
    /// The price before any reduction.
    pub base_price: Decimal,
    /// The reduced price, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_price: Option<Decimal>,
    /// The price that the manufacturer suggests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub msrp: Option<Decimal>,
    /// What is to be paid right now - the sale price or else the base price, less every active discount.
    pub current_price: Decimal,
    /// `basePrice - currentPrice`.
    pub discount_amount: Decimal,
    /// `discountAmount` as a percentage of `basePrice`, rounded half-even to two decimals.
    pub discount_percentage: Decimal,
    /// Why the price is what it is.
    pub price_type: PriceType,
    /// ISO 4217, three capital letters.
    pub currency: CurrencyCode,
    /// Since when this price is in force.
    pub effective_date: Timestamp,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    pub metadata: Map<String, Value>,
}
