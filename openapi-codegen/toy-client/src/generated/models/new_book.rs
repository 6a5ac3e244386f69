// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `NewBook`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Genre;

/// A book to be added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewBook {
    /// Its title. Length: at most 200.
    pub title: String,
    /// What kind of book it is.
    pub genres: Vec<Genre>,
    /// Words that find it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keywords: Option<Vec<String>>,
    /// What the library wants to remember besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<Map<String, Value>>,
}

impl NewBook {
    /// With what is required, and nothing else.
    #[must_use]
    pub fn new(title: impl Into<String>, genres: impl IntoIterator<Item = Genre>) -> Self {
        Self {
            title: title.into(),
            genres: genres.into_iter().collect(),
            keywords: None,
            extra: None,
        }
    }

    /// Sets `keywords`.
    #[must_use]
    pub fn with_keywords(mut self, keywords: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.keywords = Some(keywords.into_iter().map(Into::into).collect());
        self
    }

    /// Sets `extra`.
    #[must_use]
    pub fn with_extra(mut self, extra: Map<String, Value>) -> Self {
        self.extra = Some(extra);
        self
    }
}
