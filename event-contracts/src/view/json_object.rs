use crate::error::Kind;
use crate::{Error, free_form};
use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::fmt;

/// A JSON object as it stands in the message, checked for form and not decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct JsonObject<'a>(&'a str);

impl<'a> JsonObject<'a> {
    /// The text, from brace to brace.
    #[must_use]
    pub fn json(&self) -> &'a str {
        self.0
    }

    /// The object as owned values; `event` is what it belongs to.
    pub(super) fn to_map(self, event: &'static str) -> Result<Map<String, Value>, Error> {
        let mut json = serde_json::Deserializer::from_str(self.0);
        free_form::object(&mut json).map_err(|cause| Error::json(Kind::Payload(event), None, cause))
    }
}

/// The empty object.
impl Default for JsonObject<'_> {
    fn default() -> Self {
        Self("{}")
    }
}

impl fmt::Debug for JsonObject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for JsonObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = <&'a RawValue>::deserialize(deserializer)?.get();
        if json.starts_with('{') {
            Ok(Self(json))
        } else {
            Err(de::Error::custom("an object is wanted"))
        }
    }
}
