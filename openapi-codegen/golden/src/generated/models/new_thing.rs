// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `NewThing`.

use serde::{Deserialize, Serialize};

use super::Colour;

/// A thing to be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewThing {
    /// Its name.
    pub name: String,
    /// A colour.
    pub colour: Colour,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keywords: Option<Vec<String>>,
    /// Never answered. Format: `password`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Not any more.
    ///
    /// Deprecated by the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
}

impl NewThing {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(name: impl Into<String>, colour: Colour) -> Self {
        Self {
            name: name.into(),
            colour,
            keywords: None,
            password: None,
            old: None,
        }
    }

    /// Sets `keywords`.
    #[must_use]
    pub fn with_keywords(mut self, keywords: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.keywords = Some(keywords.into_iter().map(Into::into).collect());
        self
    }

    /// Sets `password`.
    #[must_use]
    pub fn with_password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Sets `old`.
    #[deprecated = "deprecated by the API"]
    #[must_use]
    pub fn with_old(mut self, old: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self
    }
}
