//! JSON as it was written, by the way in which `serde_json` fills its own `RawValue`: it calls `visit_map` with one
//! entry, whose key is the token and whose value is the text.
//!
//! The token is a part of serde's data model between the two crates and not a documented interface. Should a
//! `serde_json` stop knowing it, decimals are read as in every other format.

use super::{Decimal, number};
use crate::ParseError;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Unexpected, Visitor};
use std::fmt;

/// The name by which a type asks for raw text.
pub(super) const TOKEN: &str = "$serde_json::private::RawValue";

pub(super) fn read<'de, A: MapAccess<'de>>(mut raw: A) -> Result<Decimal, A::Error> {
    match raw.next_key_seed(Key)? {
        Some(()) => raw.next_value_seed(Json),
        None => Err(A::Error::invalid_type(Unexpected::Map, &Json)),
    }
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Json.expecting(f)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<(), E> {
        if key == TOKEN {
            Ok(())
        } else {
            Err(E::invalid_type(Unexpected::Map, &self))
        }
    }
}

/// The text of one JSON value, which has been found well-formed.
struct Json;

impl<'de> DeserializeSeed<'de> for Json {
    type Value = Decimal;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decimal, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Json {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(super::wire::EXPECTED)
    }

    fn visit_str<E: Error>(self, json: &str) -> Result<Decimal, E> {
        let inner = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let decimal: Result<Decimal, ParseError> = match (inner, json.as_bytes().first()) {
            (Some(text), _) => text.parse().or_else(|refused| match text.contains('\\') {
                true => unescaped(text).parse(),
                false => Err(refused),
            }),
            (None, Some(b'-' | b'0'..=b'9')) => number::from_json(json),
            (None, first) => return Err(E::invalid_type(unexpected(first), &self)),
        };
        decimal.map_err(E::custom)
    }
}

fn unexpected(first: Option<&u8>) -> Unexpected<'static> {
    match first {
        Some(b'{') => Unexpected::Map,
        Some(b'[') => Unexpected::Seq,
        Some(b't') => Unexpected::Bool(true),
        Some(b'f') => Unexpected::Bool(false),
        _ => Unexpected::Unit,
    }
}

/// Replaces escapes of ASCII characters, of which alone a decimal consists; any other stays and is refused by the
/// parser.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let escape = part.split_at_checked(4).and_then(|(digits, rest)| {
            let byte = u8::from_str_radix(digits, 16).ok().filter(u8::is_ascii)?;
            Some((char::from(byte), rest))
        });
        match escape {
            Some((character, rest)) => {
                plain.push(character);
                plain.push_str(rest);
            }
            None => {
                plain.push('\\');
                plain.push_str(part);
            }
        }
    }
    plain
}
