use crate::{Event, Version};
use product_types::{CategoryId, Timestamp};
use serde::{Deserialize, Serialize};

/// A category is gone; it had neither children nor products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CategoryDeleted {
    /// The category.
    pub category_id: CategoryId,
    /// When.
    pub deleted_at: Timestamp,
    /// Who.
    pub deleted_by: String,
}

impl CategoryDeleted {
    /// States that the category is gone.
    #[must_use]
    pub fn new(category_id: CategoryId, deleted_at: Timestamp, deleted_by: impl Into<String>) -> Self {
        Self {
            category_id,
            deleted_at,
            deleted_by: deleted_by.into(),
        }
    }
}

impl Event for CategoryDeleted {
    const TYPE: &'static str = "CategoryDeleted";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "category";
    const ROUTING_KEY: &'static str = "product.category.deleted.v1";
    const KEY: &'static str = "categoryId";

    fn key(&self) -> &str {
        self.category_id.as_str()
    }
}
