// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Event`.

use client_core::union;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::{Ended, Started};

/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "made once an answer, and moved")]
pub enum Event {
    /// `kind` is `begin`.
    Started(Started),
    /// `kind` is `Ended`.
    Ended(Ended),
    /// What this version does not know, as it came.
    Other(Map<String, Value>),
}

impl Event {
    /// Whether this version knows it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

impl From<Started> for Event {
    fn from(member: Started) -> Self {
        Self::Started(member)
    }
}

impl From<Ended> for Event {
    fn from(member: Ended) -> Self {
        Self::Ended(member)
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Started(member) => union::tagged(member, "kind", "begin", serializer),
            Self::Ended(member) => union::tagged(member, "kind", "Ended", serializer),
            Self::Other(object) => object.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = Map::<String, Value>::deserialize(deserializer)?;
        match object.get("kind").and_then(Value::as_str) {
            Some("begin") => union::member(object).map(Self::Started),
            Some("Ended") => union::member(object).map(Self::Ended),
            _ => Ok(Self::Other(object)),
        }
    }
}
