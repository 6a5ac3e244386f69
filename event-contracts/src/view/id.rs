use super::Text;
use product_types::ParseError;
use serde::{Deserialize, Deserializer, de};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

/// A `T`, such as a [`ProductId`](product_types::ProductId), whose text is borrowed from the message; never empty.
pub struct Id<'a, T> {
    text: Text<'a>,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<'_, T> {
    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T: FromStr<Err = ParseError>> Id<'_, T> {
    /// The identifier with a text of its own.
    #[must_use]
    pub fn to_id(&self) -> T {
        self.text
            .parse()
            .expect("reading lets no empty text in, and any other is an identifier")
    }
}

impl<'de: 'a, 'a, T> Deserialize<'de> for Id<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        if text.is_empty() {
            return Err(de::Error::custom("an identifier must not be empty"));
        }
        Ok(Self {
            text,
            of: PhantomData,
        })
    }
}

// Derived, these would ask the same of `T`.

impl<T> Clone for Id<'_, T> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            of: PhantomData,
        }
    }
}

impl<T> PartialEq for Id<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Id<'_, T> {}

impl<T: AsRef<str>> PartialEq<T> for Id<'_, T> {
    fn eq(&self, other: &T) -> bool {
        self.as_str() == other.as_ref()
    }
}

impl<T> Hash for Id<'_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> AsRef<str> for Id<'_, T> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl<T> fmt::Display for Id<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.text, f)
    }
}

impl<T> fmt::Debug for Id<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.text)
    }
}
