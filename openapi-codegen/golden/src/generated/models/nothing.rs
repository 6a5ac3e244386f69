// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Nothing`.

use serde::{Deserialize, Serialize};

/// Nothing yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Nothing {}
