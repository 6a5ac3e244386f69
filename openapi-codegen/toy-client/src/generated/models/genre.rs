// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Genre`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What kind of book it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Genre {
    /// `novel`
    Novel,
    /// `non-fiction`
    NonFiction,
    /// `sci-fi`
    SciFi,
    /// `poetry`
    Poetry,
    /// A value that this version does not know, as it came.
    Other(String),
}

impl Genre {
    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Novel => "novel",
            Self::NonFiction => "non-fiction",
            Self::SciFi => "sci-fi",
            Self::Poetry => "poetry",
            Self::Other(text) => text,
        }
    }

    /// Whether this version knows the value.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

impl From<&str> for Genre {
    fn from(text: &str) -> Self {
        match text {
            "novel" => Self::Novel,
            "non-fiction" => Self::NonFiction,
            "sci-fi" => Self::SciFi,
            "poetry" => Self::Poetry,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for Genre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Genre {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Genre {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}
