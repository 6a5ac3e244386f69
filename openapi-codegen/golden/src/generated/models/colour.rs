// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Colour`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A colour.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Colour {
    /// `red`
    Red,
    /// `dark-green`
    DarkGreen,
    /// `LIGHT_BLUE`
    LightBlue,
    /// `navy blue`
    NavyBlue,
    /// A value that this version does not know, as it came.
    Other(String),
}

impl Colour {
    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::DarkGreen => "dark-green",
            Self::LightBlue => "LIGHT_BLUE",
            Self::NavyBlue => "navy blue",
            Self::Other(text) => text,
        }
    }

    /// Whether this version knows the value.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

impl From<&str> for Colour {
    fn from(text: &str) -> Self {
        match text {
            "red" => Self::Red,
            "dark-green" => Self::DarkGreen,
            "LIGHT_BLUE" => Self::LightBlue,
            "navy blue" => Self::NavyBlue,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}
