use crate::{Event, Version};
use product_types::{ProductId, Timestamp};
use serde::{Deserialize, Serialize};

/// The ratings of a product have another mean, or another number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductReviewStatsUpdated {
    /// The product.
    pub product_id: ProductId,
    /// The mean of all ratings, 0 to 5; missing or null while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_rating: Option<f64>,
    /// How many reviews there are.
    pub review_count: u64,
    /// When the last one was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_review_date: Option<Timestamp>,
}

impl ProductReviewStatsUpdated {
    /// States how many reviews the product has; set the other fields afterwards.
    #[must_use]
    pub fn new(product_id: ProductId, review_count: u64) -> Self {
        Self {
            product_id,
            average_rating: None,
            review_count,
            last_review_date: None,
        }
    }
}

impl Event for ProductReviewStatsUpdated {
    const TYPE: &'static str = "ProductReviewStatsUpdated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "stats";
    const ROUTING_KEY: &'static str = "review.stats.updated.v1";
    const EXCHANGE: &'static str = "review.events";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
