use crate::Error;
use crate::error::Kind;
#[cfg(feature = "generate")]
use product_types::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The identifier of one message: the key by which a consumer knows that it has seen it.
///
/// Opaque, non-empty text without NUL characters when read. The identifiers made here are UUIDs of version 7, whose order is the order
/// of their instants. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(Arc<str>);

impl MessageId {
    /// Takes an identifier that someone else made.
    ///
    /// # Errors
    ///
    /// When the text is empty: nothing could be de-duplicated by it. When it contains a NUL character, which readers
    /// refuse, since no database takes it.
    pub fn new(text: impl AsRef<str>) -> Result<Self, Error> {
        match text.as_ref() {
            text if text.is_empty() || text.contains('\0') => Err(Error::new(Kind::MessageId)),
            text => Ok(Self(Arc::from(text))),
        }
    }

    /// Makes a new identifier, a UUIDv7 of the instant `at` (milliseconds) and 74 random bits.
    ///
    /// An instant before 1970 counts as 1970. Needs the feature `generate`, which is on by default.
    #[cfg(feature = "generate")]
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        let seconds = u64::try_from(at.unix_seconds()).unwrap_or(0);
        let instant = uuid::Timestamp::from_unix(uuid::NoContext, seconds, at.subsec_nanos());
        let mut buffer = uuid::Uuid::encode_buffer();
        Self(Arc::from(
            &*uuid::Uuid::new_v7(instant).hyphenated().encode_lower(&mut buffer),
        ))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for MessageId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageId({})", self.0)
    }
}

impl FromStr for MessageId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::new(text)
    }
}

impl Serialize for MessageId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for MessageId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = MessageId;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a non-empty message id")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<MessageId, E> {
                MessageId::new(text).map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
