// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Category`.

use product_types::{CategoryId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::CategorySummary;

/// A node of the tree that products are sorted into.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// A category.
    pub id: CategoryId,
    /// The name, unique within its parent. Length: 1 to 100.
    pub name: String,
    /// What belongs here; may be empty. Length: at most 1000.
    pub description: String,
    /// The category above; null for a root.
    pub parent_id: Option<CategoryId>,
    /// The depth in the tree; a root has 1. Range: 1 to 5.
    pub level: u32,
    /// The ids from the root down to this one, each with a slash before it. Length: 37 to 185. Pattern:
    /// `^(/[0-9a-f-]{36}){1,5}$`.
    pub path: String,
    /// The categories directly below, by name. Items: at most 1000.
    pub children: Vec<CategorySummary>,
    /// Free fields; their meaning is the writer's. Values may be nested 32 levels deep. Properties: at most
    /// 100.
    pub metadata: Map<String, Value>,
    /// When the category was created.
    pub created_at: Timestamp,
    /// When the category was last changed.
    pub updated_at: Timestamp,
}
