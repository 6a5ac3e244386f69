use crate::{Event, Version};
use product_types::{DiscountId, Timestamp};
use serde::{Deserialize, Serialize};

/// The time of a discount is over; nobody did anything.
///
/// What it does to prices is told by [`ProductPriceEffective`](crate::price::ProductPriceEffective), one for each variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiscountExpired {
    /// The discount.
    pub discount_id: DiscountId,
    /// When.
    pub expired_at: Timestamp,
}

impl DiscountExpired {
    /// States that the discount is over.
    #[must_use]
    pub fn new(discount_id: DiscountId, expired_at: Timestamp) -> Self {
        Self {
            discount_id,
            expired_at,
        }
    }
}

impl Event for DiscountExpired {
    const TYPE: &'static str = "DiscountExpired";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "discount";
    const ROUTING_KEY: &'static str = "product.discount.expired.v1";
    const KEY: &'static str = "discountId";

    fn key(&self) -> &str {
        self.discount_id.as_str()
    }
}
