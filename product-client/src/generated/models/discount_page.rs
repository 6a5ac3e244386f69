// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `DiscountPage`.

use serde::{Deserialize, Serialize};

use super::Discount;

/// One page of discounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiscountPage {
    /// The discounts of this page. Items: at most 100.
    pub items: Vec<Discount>,
    /// How many there are on all pages. Range: at least 0.
    pub total: u64,
    /// Which page this is, counted from 1. Range: 1 to 1000000.
    pub page: u32,
    /// How many items a page holds at most. Range: 1 to 100.
    pub limit: u32,
}
