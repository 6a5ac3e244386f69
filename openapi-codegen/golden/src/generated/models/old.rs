// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Old`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What is no longer made.
///
/// Deprecated by the API.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Old {
    /// `vinyl`
    Vinyl,
    /// A value that this version does not know, as it came.
    Other(String),
}

impl Old {
    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Vinyl => "vinyl",
            Self::Other(text) => text,
        }
    }

    /// Whether this version knows the value.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

impl From<&str> for Old {
    fn from(text: &str) -> Self {
        match text {
            "vinyl" => Self::Vinyl,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for Old {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Old {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Old {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}
