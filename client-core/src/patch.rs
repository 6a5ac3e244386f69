//! A field of a JSON merge patch.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A field of a JSON merge patch (RFC 7396), where leaving out, clearing and setting are three different things.
///
/// In a struct, the field takes `#[serde(default, skip_serializing_if = "Patch::is_absent")]`.
///
/// ```
/// use client_core::Patch;
///
/// #[derive(Default, serde::Serialize)]
/// struct ProductPatch {
///     #[serde(skip_serializing_if = "Patch::is_absent")]
///     name: Patch<String>,
///     #[serde(skip_serializing_if = "Patch::is_absent")]
///     description: Patch<String>,
/// }
///
/// let patch = ProductPatch { description: Patch::Null, ..ProductPatch::default() };
/// assert_eq!(serde_json::to_string(&patch)?, r#"{"description":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The field is left as it is.
    #[default]
    Absent,
    /// The field is cleared.
    Null,
    /// The field is set.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the field is left as it is.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the field is cleared.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The new value, if the field is set.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    /// Writes `null` for an absent field too: leaving it out is the struct's part (`skip_serializing_if`).
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}
