// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `MailAddress`.

use serde::{Deserialize, Serialize};

/// By mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailAddress {
    /// Who.
    pub name: String,
    /// Where.
    pub mail: String,
    /// Where once.
    ///
    /// Deprecated by the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
}
