//! An open enum: what this version does not know is kept as it came.

use super::docs;
use super::imports::Imports;

pub(super) fn body(name: &str, docs: &str, values: &[(String, String)]) -> String {
    let mut imports = Imports::default();
    for path in [
        "std::fmt",
        "serde::Deserialize",
        "serde::Deserializer",
        "serde::Serialize",
        "serde::Serializer",
    ] {
        imports.add(path);
    }
    let docs = docs::outer(docs);
    let each = |line: fn(&str, &str) -> String| -> String {
        values.iter().map(|(text, variant)| line(text, variant)).collect()
    };
    let variants = each(|text, variant| format!("{}{variant},\n", docs::outer(&format!("`{text}`"))));
    let to_text = each(|text, variant| format!("Self::{variant} => {text:?},\n"));
    let from_text = each(|text, variant| format!("{text:?} => Self::{variant},\n"));
    let imports = imports.write();
    format!(
        r#"{imports}{docs}#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum {name} {{
{variants}/// A value that this version does not know, as it came.
Other(String),
}}

impl {name} {{
/// The text on the wire.
#[must_use]
pub fn as_str(&self) -> &str {{
match self {{
{to_text}Self::Other(text) => text,
}}
}}

/// Whether this version knows the value.
#[must_use]
pub fn is_known(&self) -> bool {{
!matches!(self, Self::Other(_))
}}
}}

impl From<&str> for {name} {{
fn from(text: &str) -> Self {{
match text {{
{from_text}other => Self::Other(other.to_owned()),
}}
}}
}}

impl fmt::Display for {name} {{
fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
f.write_str(self.as_str())
}}
}}

impl Serialize for {name} {{
fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
serializer.serialize_str(self.as_str())
}}
}}

impl<'de> Deserialize<'de> for {name} {{
fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
Ok(Self::from(String::deserialize(deserializer)?.as_str()))
}}
}}
"#
    )
}
