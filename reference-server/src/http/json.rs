//! Reading JSON so that nothing of it is lost: a key that comes twice, and a number with more digits than are kept, are
//! refused rather than altered.

use super::error::ApiError;
use crate::domain::shortened;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Value};
use std::fmt;

/// Reads a whole text.
pub(super) fn read(bytes: &[u8]) -> Result<Value, ApiError> {
    if let Some(at) = numbers(bytes).find(|at| !is_kept(&bytes[at.clone()])) {
        let before = &bytes[..at.start];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = at.start
            - before
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |end| end + 1)
            + 1;
        return Err(ApiError::unreadable(format!(
            "The number at line {line}, column {column} of the body has more digits, or is farther from 0, than is kept; \
             send it as text."
        )));
    }
    let Strict(value) = serde_json::from_slice(bytes).map_err(|error| {
        ApiError::unreadable(match error.classify() {
            Category::Data => format!("The body cannot be read: {error}."),
            _ => format!(
                "The body is not well-formed JSON: see line {}, column {}.",
                error.line(),
                error.column()
            ),
        })
    })?;
    Ok(value)
}

/// Where the numbers are: whatever begins like one outside of texts. That the whole is JSON is not looked at.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => at = end_of_text(bytes, at),
                b'-' | b'0'..=b'9' => {
                    let start = at;
                    let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
                    at += bytes[start..].iter().take_while(|byte| is_part(byte)).count();
                    return Some(start..at);
                }
                _ => at += 1,
            }
        }
        None
    })
}

fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

/// Whether a number is written out again with the value that it has here. What is no number is left to others.
fn is_kept(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else {
        return true;
    };
    if text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok() {
        return true;
    }
    match text.parse::<f64>() {
        Ok(number) => number.is_finite() && digits(text) == digits(&format!("{number:e}")),
        Err(_) => true,
    }
}

/// The digits without noughts at either end, and the power of ten of the last one; the same for equal numbers.
fn digits(text: &str) -> (String, i128) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{}{fraction}", whole.trim_start_matches('-'));
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return (String::new(), 0);
    }
    // No text is so long that its exponent would not fit once more; one that does not is no number that is kept.
    let exponent = exponent.parse::<i64>().map_or(i128::MAX >> 1, i128::from);
    let noughts = digits.len() - significant.len();
    (
        significant.to_owned(),
        exponent - fraction.len() as i128 + noughts as i128,
    )
}

/// Any value, in which no object has a key twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                let key = shortened(&key);
                return Err(A::Error::custom(format_args!("the field “{key}” is given twice")));
            }
            let Strict(value) = entries.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
