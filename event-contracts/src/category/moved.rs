use crate::{Event, Version};
use product_types::{CategoryId, CategoryPath, Timestamp};
use serde::{Deserialize, Serialize};

/// A category has a new place in the tree, and everything below it has moved along.
///
/// One event for the node that was moved: a consumer works out the paths of its descendants itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CategoryMoved {
    /// The category.
    pub category_id: CategoryId,
    /// The category that was above it; missing when it was a root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_parent_id: Option<CategoryId>,
    /// The category above it now; missing when it is a root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_parent_id: Option<CategoryId>,
    /// From the root down to itself, before.
    pub old_path: CategoryPath,
    /// From the root down to itself, now.
    pub new_path: CategoryPath,
    /// How far down it is now; a root is at 1.
    pub new_level: u32,
    /// When.
    pub moved_at: Timestamp,
    /// Who.
    pub moved_by: String,
}

impl CategoryMoved {
    /// States that the category went from one path to another; set `old_parent_id` and `new_parent_id` afterwards, where
    /// they are not the root.
    #[must_use]
    pub fn new(
        category_id: CategoryId,
        old_path: CategoryPath,
        new_path: CategoryPath,
        new_level: u32,
        moved_at: Timestamp,
        moved_by: impl Into<String>,
    ) -> Self {
        Self {
            category_id,
            old_parent_id: None,
            new_parent_id: None,
            old_path,
            new_path,
            new_level,
            moved_at,
            moved_by: moved_by.into(),
        }
    }
}

impl Event for CategoryMoved {
    const TYPE: &'static str = "CategoryMoved";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "category";
    const ROUTING_KEY: &'static str = "product.category.moved.v1";
    const KEY: &'static str = "categoryId";

    fn key(&self) -> &str {
        self.category_id.as_str()
    }
}
