use crate::{Event, Version};
use product_types::{DiscountId, Timestamp};
use serde::{Deserialize, Serialize};

/// A discount is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiscountDeleted {
    /// The discount.
    pub discount_id: DiscountId,
    /// When. Added by us; other documents do not state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// Who. Added by us; other documents do not state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_by: Option<String>,
}

impl DiscountDeleted {
    /// States that the discount is gone.
    #[must_use]
    pub fn new(discount_id: DiscountId) -> Self {
        Self {
            discount_id,
            deleted_at: None,
            deleted_by: None,
        }
    }
}

impl Event for DiscountDeleted {
    const TYPE: &'static str = "DiscountDeleted";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "discount";
    const ROUTING_KEY: &'static str = "product.discount.deleted.v1";
    const KEY: &'static str = "discountId";

    fn key(&self) -> &str {
        self.discount_id.as_str()
    }
}
