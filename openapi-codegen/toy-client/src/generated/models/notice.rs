// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Notice`.

use client_core::union;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::{OverdueNotice, RecallNotice};

/// Something that a member has to be told.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "made once an answer, and moved")]
pub enum Notice {
    /// `kind` is `overdue`.
    OverdueNotice(OverdueNotice),
    /// `kind` is `recall`.
    RecallNotice(RecallNotice),
    /// What this version does not know, as it came.
    Other(Map<String, Value>),
}

impl Notice {
    /// Whether this version knows it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

impl From<OverdueNotice> for Notice {
    fn from(member: OverdueNotice) -> Self {
        Self::OverdueNotice(member)
    }
}

impl From<RecallNotice> for Notice {
    fn from(member: RecallNotice) -> Self {
        Self::RecallNotice(member)
    }
}

impl Serialize for Notice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::OverdueNotice(member) => union::tagged(member, "kind", "overdue", serializer),
            Self::RecallNotice(member) => union::tagged(member, "kind", "recall", serializer),
            Self::Other(object) => object.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Notice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = Map::<String, Value>::deserialize(deserializer)?;
        match object.get("kind").and_then(Value::as_str) {
            Some("overdue") => union::member(object).map(Self::OverdueNotice),
            Some("recall") => union::member(object).map(Self::RecallNotice),
            _ => Ok(Self::Other(object)),
        }
    }
}
