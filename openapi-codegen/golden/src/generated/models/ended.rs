// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Ended`.

use serde::{Deserialize, Serialize};

/// It is over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ended {}
