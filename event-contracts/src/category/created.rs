use crate::{Event, Version};
use product_types::{CategoryId, CategoryPath, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A category came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CategoryCreated {
    /// The category.
    pub category_id: CategoryId,
    /// Its name, unique within its parent.
    pub name: String,
    /// Its description; empty without one.
    #[serde(default)]
    pub description: String,
    /// The category above it; missing for a root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CategoryId>,
    /// From the root down to itself.
    pub path: CategoryPath,
    /// How far down it is; a root is at 1, the lowest at 5.
    pub level: u32,
    /// Whatever its owner keeps beside it.
    #[serde(default, deserialize_with = "crate::free_form::object")]
    pub metadata: Map<String, Value>,
    /// When.
    pub created_at: Timestamp,
    /// Who.
    pub created_by: String,
}

impl CategoryCreated {
    /// A category with nothing but its name and place; set the other fields afterwards.
    #[must_use]
    pub fn new(
        category_id: CategoryId,
        name: impl Into<String>,
        path: CategoryPath,
        level: u32,
        created_at: Timestamp,
        created_by: impl Into<String>,
    ) -> Self {
        Self {
            category_id,
            name: name.into(),
            description: String::new(),
            parent_id: None,
            path,
            level,
            metadata: Map::new(),
            created_at,
            created_by: created_by.into(),
        }
    }
}

impl Event for CategoryCreated {
    const TYPE: &'static str = "CategoryCreated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "category";
    const ROUTING_KEY: &'static str = "product.category.created.v1";
    const KEY: &'static str = "categoryId";

    fn key(&self) -> &str {
        self.category_id.as_str()
    }
}
