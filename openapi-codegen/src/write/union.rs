//! An open union: one of several objects, and what this version does not know as it came.

use super::docs;
use super::imports::Imports;
use crate::api::Union;

pub(super) fn body(name: &str, docs: &str, union: &Union) -> String {
    let mut imports = Imports::default();
    for path in [
        "client_core::union",
        "serde::Deserialize",
        "serde::Deserializer",
        "serde::Serialize",
        "serde::Serializer",
        "serde_json::Map",
        "serde_json::Value",
    ] {
        imports.add(path);
    }
    for (model, _) in &union.members {
        imports.add(&format!("super::{model}"));
    }
    let each = |line: &dyn Fn(&str, &str) -> String| -> String {
        let members = union.members.iter();
        members.map(|(model, value)| line(model, value)).collect()
    };
    let variants = each(&|model, value| {
        let docs = match &union.tag {
            Some(tag) => format!("`{tag}` is `{value}`."),
            None => format!("It has `{value}`."),
        };
        format!("{}{model}({model}),\n", docs::outer(&docs))
    });
    let written = each(&|model, value| match &union.tag {
        Some(tag) => {
            format!("Self::{model}(member) => union::tagged(member, {tag:?}, {value:?}, serializer),\n")
        }
        None => format!("Self::{model}(member) => member.serialize(serializer),\n"),
    });
    let read = match &union.tag {
        Some(tag) => {
            let arms = each(&|model, value| {
                format!("Some({value:?}) => union::member(object).map(Self::{model}),\n")
            });
            format!(
                "match object.get({tag:?}).and_then(Value::as_str) {{\n{arms}_ => Ok(Self::Other(object)),\n}}"
            )
        }
        None => {
            let arms = each(&|model, value| {
                format!(
                    "if object.contains_key({value:?}) {{\nreturn union::member(object).map(Self::{model});\n}}\n"
                )
            });
            format!("{arms}Ok(Self::Other(object))")
        }
    };
    let conversions = each(&|model, _| {
        format!(
            "\nimpl From<{model}> for {name} {{\nfn from(member: {model}) -> Self {{\nSelf::{model}(member)\n}}\n}}\n"
        )
    });
    let (imports, docs, large) = (imports.write(), docs::outer(docs), docs::LARGE);
    format!(
        r#"{imports}{docs}#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
{large}pub enum {name} {{
{variants}/// What this version does not know, as it came.
Other(Map<String, Value>),
}}

impl {name} {{
/// Whether this version knows it.
#[must_use]
pub fn is_known(&self) -> bool {{
!matches!(self, Self::Other(_))
}}
}}
{conversions}
impl Serialize for {name} {{
fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
match self {{
{written}Self::Other(object) => object.serialize(serializer),
}}
}}
}}

impl<'de> Deserialize<'de> for {name} {{
fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
let object = Map::<String, Value>::deserialize(deserializer)?;
{read}
}}
}}
"#
    )
}
