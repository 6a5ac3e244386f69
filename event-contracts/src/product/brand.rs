//! A brand as the documents write it: its name, or `{id, name}`.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::fmt;

/// Reads the brand's name from either form; an id beside it has no place in the canonical payload.
pub(super) fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    deserializer.deserialize_any(Brand)
}

struct Brand;

impl<'de> Visitor<'de> for Brand {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a brand's name, or an object with `name`")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<String, E> {
        Ok(name.to_owned())
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<String, A::Error> {
        #[derive(serde::Deserialize)]
        struct Named {
            name: String,
        }
        Named::deserialize(MapAccessDeserializer::new(object)).map(|brand| brand.name)
    }
}
