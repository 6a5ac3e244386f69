// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `DiscountStatus`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Where a discount is in its life; it counts while it is ACTIVE and its time has come.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DiscountStatus {
    /// `DRAFT`
    Draft,
    /// `ACTIVE`
    Active,
    /// `PAUSED`
    Paused,
    /// `EXPIRED`
    Expired,
    /// A value that this version does not know, as it came.
    Other(String),
}

impl DiscountStatus {
    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Draft => "DRAFT",
            Self::Active => "ACTIVE",
            Self::Paused => "PAUSED",
            Self::Expired => "EXPIRED",
            Self::Other(text) => text,
        }
    }

    /// Whether this version knows the value.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

impl From<&str> for DiscountStatus {
    fn from(text: &str) -> Self {
        match text {
            "DRAFT" => Self::Draft,
            "ACTIVE" => Self::Active,
            "PAUSED" => Self::Paused,
            "EXPIRED" => Self::Expired,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for DiscountStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for DiscountStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for DiscountStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}
