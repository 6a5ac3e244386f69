use crate::{Event, Version};
use product_types::{CategoryId, CategoryPath, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A category's own fields changed. All values are the current ones, whether they changed or not.
///
/// A new place in the tree is told by [`CategoryMoved`](super::CategoryMoved) instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CategoryUpdated {
    /// The category.
    pub category_id: CategoryId,
    /// The names of the fields that changed, as they stand in the JSON.
    pub updated_fields: Vec<String>,
    /// Its name, unique within its parent.
    pub name: String,
    /// Its description; empty without one.
    #[serde(default)]
    pub description: String,
    /// The category above it; missing for a root, and from a writer that leaves the place out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CategoryId>,
    /// From the root down to itself; missing from a writer that leaves the place out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<CategoryPath>,
    /// How far down it is, a root being at 1; missing from a writer that leaves the place out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u32>,
    /// Whatever its owner keeps beside it.
    #[serde(default, deserialize_with = "crate::free_form::object")]
    pub metadata: Map<String, Value>,
    /// When.
    pub updated_at: Timestamp,
    /// Who.
    pub updated_by: String,
}

impl CategoryUpdated {
    /// States that `updated_fields` changed; set the other fields to the category's current values afterwards.
    #[must_use]
    pub fn new(
        category_id: CategoryId,
        updated_fields: Vec<String>,
        name: impl Into<String>,
        updated_at: Timestamp,
        updated_by: impl Into<String>,
    ) -> Self {
        Self {
            category_id,
            updated_fields,
            name: name.into(),
            description: String::new(),
            parent_id: None,
            path: None,
            level: None,
            metadata: Map::new(),
            updated_at,
            updated_by: updated_by.into(),
        }
    }
}

impl Event for CategoryUpdated {
    const TYPE: &'static str = "CategoryUpdated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "category";
    const ROUTING_KEY: &'static str = "product.category.updated.v1";
    const KEY: &'static str = "categoryId";

    fn key(&self) -> &str {
        self.category_id.as_str()
    }
}
