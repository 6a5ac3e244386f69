use crate::{Event, Version};
use product_types::{ProductId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A user looked at a product. Keyed by the user, whose list of recently viewed products it feeds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductViewed {
    /// The user.
    pub user_id: UserId,
    /// The product.
    pub product_id: ProductId,
    /// When.
    pub viewed_at: Timestamp,
}

impl ProductViewed {
    /// States that the user looked at the product.
    #[must_use]
    pub fn new(user_id: UserId, product_id: ProductId, viewed_at: Timestamp) -> Self {
        Self {
            user_id,
            product_id,
            viewed_at,
        }
    }
}

impl Event for ProductViewed {
    const TYPE: &'static str = "ProductViewed";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "product";
    const ROUTING_KEY: &'static str = "user.product.viewed.v1";
    const EXCHANGE: &'static str = "user.events";
    const KEY: &'static str = "userId";

    fn key(&self) -> &str {
        self.user_id.as_str()
    }
}
