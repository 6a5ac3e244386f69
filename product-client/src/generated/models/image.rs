// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Image`.

use serde::{Deserialize, Serialize};

/// A picture of a product or a variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// Where the picture is; an http or https address, and a URI by RFC 3986. Length: 1 to 2048. Format:
    /// `uri`. Pattern: `^https?://`.
    pub url: String,
    /// What the picture shows, for those who cannot see it. Length: at most 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// The place in the order of pictures, the lowest first. Range: 0 to 10000.
    pub position: u32,
}
