// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `CategoryPatch`.

use client_core::Patch;
use product_types::CategoryId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The fields of a category to be changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CategoryPatch {
    /// The name, unique within its parent. Length: 1 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What belongs here; may be empty. Length: at most 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The category above; null makes it a root.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    pub parent_id: Patch<CategoryId>,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
}

impl CategoryPatch {
    /// Changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `name`.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets `description`.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets `parentId`.
    #[must_use]
    pub fn with_parent_id(mut self, parent_id: impl Into<Patch<CategoryId>>) -> Self {
        self.parent_id = parent_id.into();
        self
    }

    /// Sets `metadata`.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Map<String, Value>) -> Self {
        self.metadata = Some(metadata);
        self
    }
}
