// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Health`.

use serde::{Deserialize, Serialize};

use super::{DependencyHealth, HealthStatus};

/// The state of the service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// Whether something works.
    pub status: HealthStatus,
    /// What the service stands on; empty in an answer about liveness. Items: at most 20.
    pub dependencies: Vec<DependencyHealth>,
}
