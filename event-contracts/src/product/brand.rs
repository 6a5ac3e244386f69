//! A brand as the documents write it: its name, or `{id, name}`.

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Reads the brand's name, owned or borrowed, from either form; an id beside it has no place in the canonical payload.
pub(crate) fn name<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(Brand(PhantomData))
}

struct Brand<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Brand<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a brand's name, or an object with `name`")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<T, E> {
        T::deserialize(BorrowedStrDeserializer::new(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        T::deserialize(StrDeserializer::new(name))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        #[derive(serde::Deserialize)]
        struct Named<T> {
            name: T,
        }
        Named::deserialize(MapAccessDeserializer::new(object)).map(|brand| brand.name)
    }
}
