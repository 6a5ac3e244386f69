// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `SmallPage`.

use serde::{Deserialize, Serialize};

use super::Small;

/// A page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SmallPage {
    /// On this page.
    pub items: Vec<Small>,
    /// On all pages. Range: at least 0.
    pub total: u64,
    /// Which page. Range: at least 1.
    pub page: u32,
    /// At most. Range: at least 1.
    pub limit: u32,
    /// What comes then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
