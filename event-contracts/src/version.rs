use crate::Error;
use crate::error::Kind;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// The version of a payload's schema: `major.minor` on the wire.
///
/// A minor version adds optional fields, so that a reader of any minor reads every other of the same major. A
/// major version breaks: its routing key has another suffix, and a reader of one major does not read another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Grows when old readers can no longer read.
    pub major: u16,
    /// Grows when something optional was added.
    pub minor: u16,
}

impl Version {
    /// The version `major.minor`.
    #[must_use]
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }

    /// Whether a reader of `self`, which reads majors down to `oldest_major`, reads what a writer of `written` wrote.
    #[must_use]
    pub const fn is_read_from(&self, oldest_major: u16, written: Self) -> bool {
        oldest_major <= written.major && written.major <= self.major
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for Version {
    type Err = Error;

    /// Reads `major.minor`, and forgivingly a bare `major` and a `major.minor.patch`, whose patch says nothing
    /// about the schema.
    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = || Error::new(Kind::Version);
        let mut numbers = text.splitn(3, '.').map(|part| {
            // `parse` alone would let a sign through.
            if part.bytes().all(|byte| byte.is_ascii_digit()) {
                part.parse::<u16>().ok()
            } else {
                None
            }
        });
        let major = numbers.next().flatten().ok_or_else(invalid)?;
        let minor = numbers.next().unwrap_or(Some(0)).ok_or_else(invalid)?;
        numbers.next().unwrap_or(Some(0)).ok_or_else(invalid)?;
        Ok(Self { major, minor })
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Version;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a version as `major.minor`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Version, E> {
                text.parse()
                    .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
