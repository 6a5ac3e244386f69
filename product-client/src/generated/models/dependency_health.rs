// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `DependencyHealth`.

use serde::{Deserialize, Serialize};

use super::HealthStatus;

/// The state of one thing that the service stands on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DependencyHealth {
    /// Such as `store` or `broker`. Length: 1 to 100.
    pub name: String,
    /// Whether something works.
    pub status: HealthStatus,
}
