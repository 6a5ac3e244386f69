// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Shape`.

use client_core::union;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::{Circle, Square};

/// A round or an angular thing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "made once an answer, and moved")]
pub enum Shape {
    /// It has `radius`.
    Circle(Circle),
    /// It has `side`.
    Square(Square),
    /// What this version does not know, as it came.
    Other(Map<String, Value>),
}

impl Shape {
    /// Whether this version knows it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

impl From<Circle> for Shape {
    fn from(member: Circle) -> Self {
        Self::Circle(member)
    }
}

impl From<Square> for Shape {
    fn from(member: Square) -> Self {
        Self::Square(member)
    }
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Circle(member) => member.serialize(serializer),
            Self::Square(member) => member.serialize(serializer),
            Self::Other(object) => object.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = Map::<String, Value>::deserialize(deserializer)?;
        if object.contains_key("radius") {
            return union::member(object).map(Self::Circle);
        }
        if object.contains_key("side") {
            return union::member(object).map(Self::Square);
        }
        Ok(Self::Other(object))
    }
}
