// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `CategoryCreate`.

use product_types::CategoryId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A category to be created.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CategoryCreate {
    /// The name, unique within its parent. Length: 1 to 100.
    pub name: String,
    /// What belongs here; may be empty. Length: at most 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The category above; absent for a root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<CategoryId>,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
}

impl CategoryCreate {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            description: None,
            parent_id: None,
            metadata: None,
        }
    }

    /// Sets `description`.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets `parentId`.
    #[must_use]
    pub fn with_parent_id(mut self, parent_id: CategoryId) -> Self {
        self.parent_id = Some(parent_id);
        self
    }

    /// Sets `metadata`.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Map<String, Value>) -> Self {
        self.metadata = Some(metadata);
        self
    }
}
