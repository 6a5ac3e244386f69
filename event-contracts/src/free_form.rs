//! Free-form objects: whatever an owner keeps beside a product.

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Reads an object in which no key stands twice: of two values, one reader would keep the first and another the
/// last. What lies deeper is `serde_json`'s, which keeps the last.
pub(crate) fn object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<String, Value>, D::Error> {
    struct Object;
    impl<'de> Visitor<'de> for Object {
        type Value = Map<String, Value>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
            let mut object = Map::new();
            while let Some((key, value)) = members.next_entry()? {
                if object.insert(key, value).is_some() {
                    return Err(A::Error::custom("a key of a free-form object stands twice"));
                }
            }
            Ok(object)
        }
    }
    deserializer.deserialize_map(Object)
}
