use super::{Decimal, raw};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What an IEEE double always carries without loss.
const EXACT_DIGITS_OF_A_DOUBLE: usize = 15;

pub(super) const EXPECTED: &str = "a decimal as a string, such as \"19.90\"";

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(raw::TOKEN, DecimalVisitor)
    }
}

/// Takes the raw text where serde_json hands it out, which is exact whatever its length, and the value that the format
/// made of it everywhere else.
struct DecimalVisitor;

impl<'de> Visitor<'de> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, raw: A) -> Result<Decimal, A::Error> {
        raw::read(raw)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decimal, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        ValueVisitor.visit_str(text)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Decimal, E> {
        ValueVisitor.visit_i64(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Decimal, E> {
        ValueVisitor.visit_u64(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Decimal, E> {
        ValueVisitor.visit_f64(value)
    }
}

/// What a format without raw text offers.
struct ValueVisitor;

impl Visitor<'_> for ValueVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(Decimal::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(Decimal::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Decimal, E> {
        // The shortest text that reads back as this double is what the sender wrote, up to 15 digits.
        let text = value.to_string();
        let significant = text.trim_start_matches(['-', '0', '.']).bytes();
        if significant.filter(u8::is_ascii_digit).count() > EXACT_DIGITS_OF_A_DOUBLE {
            return Err(E::custom(
                "a number with more than 15 significant digits is not exact: send it as a string",
            ));
        }
        text.parse().map_err(E::custom)
    }
}

crate::schema::text!(
    Decimal,
    "An exact decimal number of at most 28 digits.",
    { "pattern": r"^-?[0-9]{1,28}(\.[0-9]{1,28})?$", "examples": ["89.90"] },
    read {
        "type": ["string", "number"],
        "pattern": r"^-?[0-9]{1,28}(\.[0-9]{1,28})?$",
        "examples": ["89.90", 89.9],
    }
);
