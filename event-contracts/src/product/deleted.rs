use crate::{Event, Version};
use product_types::{ProductId, Timestamp};
use serde::{Deserialize, Serialize};

/// A product is gone, and with it every variant that it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductDeleted {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: ProductId,
    /// When.
    pub deleted_at: Timestamp,
    /// Who.
    pub deleted_by: String,
    /// Why, if somebody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deletion_reason: Option<String>,
}

impl ProductDeleted {
    /// States that the product is gone.
    #[must_use]
    pub fn new(product_id: ProductId, deleted_at: Timestamp, deleted_by: impl Into<String>) -> Self {
        Self {
            product_id,
            deleted_at,
            deleted_by: deleted_by.into(),
            deletion_reason: None,
        }
    }
}

impl Event for ProductDeleted {
    const TYPE: &'static str = "ProductDeleted";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "product";
    const ROUTING_KEY: &'static str = "product.product.deleted.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
