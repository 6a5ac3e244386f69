//! Structured mode: one JSON object, read.

use super::attributes::Attributes;
use super::text::Text;
use super::{AttributeValue, CloudEvent, Data, base64, media_type};
use crate::error::{Kind, Position};
use crate::fault::Fault;
use crate::{Error, Limits};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

pub(super) fn parse<'a>(body: &'a [u8], limits: &Limits) -> Result<CloudEvent<'a>, Error> {
    within_limits(body, limits)?;
    serde_json::from_slice::<Read<'_>>(body)
        .map(|read| read.0)
        .map_err(in_body)
}

/// The JSON that a whole body is, checked for form.
pub(super) fn json(body: &[u8]) -> Result<&RawValue, Error> {
    serde_json::from_slice(body).map_err(in_body)
}

/// Refuses what is too large before anything is read of it. Depth costs nothing here: data is passed over, not decoded.
pub(super) fn within_limits(body: &[u8], limits: &Limits) -> Result<(), Error> {
    if body.len() > limits.max_bytes {
        return Err(Error::broken(body, &Fault::TooLarge.at(limits.max_bytes)));
    }
    Ok(())
}

fn in_body(cause: serde_json::Error) -> Error {
    let position = Position {
        line: cause.line(),
        column: cause.column(),
    };
    Error::json(Kind::CloudEvent, Some(position), cause)
}

struct Read<'a>(CloudEvent<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Read<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members).map(Read)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = CloudEvent<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a CloudEvent as a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<CloudEvent<'de>, A::Error> {
        let mut attributes = Attributes::default();
        let mut seen = BTreeSet::new();
        let (mut data, mut bytes) = (None, None);
        while let Some(Text(name)) = members.next_key()? {
            if seen.contains(&name) {
                return Err(A::Error::custom(format_args!("member `{name}` is given twice")));
            }
            match &*name {
                "data" => data = Some(members.next_value::<&'de RawValue>()?),
                "data_base64" => bytes = members.next_value::<Option<Text<'de>>>()?,
                _ => {
                    if let Some(value) = members.next_value_seed(Value { name: &name })? {
                        attributes.set(name.clone(), value).map_err(A::Error::custom)?;
                    }
                }
            }
            seen.insert(name);
        }
        if attributes.spec_version.is_none() {
            return Err(A::Error::custom("attribute `specversion` is missing"));
        }
        let data = match (data, bytes) {
            (None, None) => None,
            (Some(data), None) => Some(in_kind(data, attributes.data_content_type.as_deref())?),
            (None, Some(Text(text))) => {
                let bytes = base64::decode(&text);
                let bytes = bytes.ok_or_else(|| A::Error::custom("`data_base64` is not base64"))?;
                Some(Data::Bytes(Cow::Owned(bytes)))
            }
            (Some(_), Some(_)) => {
                return Err(A::Error::custom("`data` and `data_base64` exclude each other"));
            }
        };
        CloudEvent::new(attributes, data).map_err(A::Error::custom)
    }
}

/// A JSON string is text when the data is said to be something else than JSON. Nothing said means JSON.
fn in_kind<'a, E: serde::de::Error>(data: &'a RawValue, content_type: Option<&str>) -> Result<Data<'a>, E> {
    if content_type.is_none_or(media_type::is_json) || !data.get().starts_with('"') {
        return Ok(Data::Json(data.get()));
    }
    let text: Text<'a> = serde_json::from_str(data.get()).map_err(E::custom)?;
    Ok(Data::Text(text.0))
}

/// The value of one attribute; nothing for `null`.
struct Value<'n> {
    name: &'n str,
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = Option<AttributeValue<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = Option<AttributeValue<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a string, a boolean or a 32-bit integer for attribute `{}`",
            self.name
        )
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(AttributeValue::String(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(AttributeValue::String(Cow::Owned(text.to_owned()))))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(AttributeValue::Boolean(value)))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
        match i32::try_from(value) {
            Ok(value) => Ok(Some(AttributeValue::Integer(value))),
            Err(_) => Err(E::invalid_value(serde::de::Unexpected::Signed(value), &self)),
        }
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
        match i32::try_from(value) {
            Ok(value) => Ok(Some(AttributeValue::Integer(value))),
            Err(_) => Err(E::invalid_value(serde::de::Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
