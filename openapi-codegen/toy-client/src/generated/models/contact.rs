// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Contact`.

use client_core::union;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::{MailAddress, PostalAddress};

/// How a member is reached.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "made once an answer, and moved")]
pub enum Contact {
    /// It has `street`.
    PostalAddress(PostalAddress),
    /// It has `mail`.
    MailAddress(MailAddress),
    /// What this version does not know, as it came.
    Other(Map<String, Value>),
}

impl Contact {
    /// Whether this version knows it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

impl From<PostalAddress> for Contact {
    fn from(member: PostalAddress) -> Self {
        Self::PostalAddress(member)
    }
}

impl From<MailAddress> for Contact {
    fn from(member: MailAddress) -> Self {
        Self::MailAddress(member)
    }
}

impl Serialize for Contact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::PostalAddress(member) => member.serialize(serializer),
            Self::MailAddress(member) => member.serialize(serializer),
            Self::Other(object) => object.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Contact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = Map::<String, Value>::deserialize(deserializer)?;
        if object.contains_key("street") {
            return union::member(object).map(Self::PostalAddress);
        }
        if object.contains_key("mail") {
            return union::member(object).map(Self::MailAddress);
        }
        Ok(Self::Other(object))
    }
}
