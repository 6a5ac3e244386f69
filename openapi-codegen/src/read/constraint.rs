//! Bounds of a schema, as a sentence for its documentation. The service checks them; the client tells them.

use super::Reader;
use crate::document::{Data, Node};

impl<'d> Reader<'d> {
    /// The documentation with the bounds of the schema behind it.
    pub(super) fn with_constraints(&self, docs: String, schema: &'d Node) -> String {
        // What a reference leads to is told at the type, unless it is a plain value without a type of its own.
        let target = match schema.get("$ref") {
            Some(reference) => match self.target_of(reference, "schemas") {
                Ok((_, target)) if target.get("x-rust-type").is_none() && target.get("enum").is_none() => {
                    target
                }
                _ => return with_default(docs, schema),
            },
            None => schema,
        };
        let bounds = [
            ("Length", "minLength", "maxLength"),
            ("Items", "minItems", "maxItems"),
            ("", "minimum", "maximum"),
        ];
        let mut docs = docs.trim_end().to_owned();
        for (of, least, most) in bounds {
            let (least, most) = (
                target.get(least).and_then(number),
                target.get(most).and_then(number),
            );
            let range = match (least, most) {
                (Some(least), Some(most)) if least == most => least,
                (Some(least), Some(most)) => format!("{least} to {most}"),
                (None, Some(most)) => format!("at most {most}"),
                (Some(least), None) => format!("at least {least}"),
                (None, None) => continue,
            };
            docs.push_str(&match of {
                "" => format!(" Range: {range}."),
                of => format!(" {of}: {range}."),
            });
        }
        with_default(docs, schema)
    }
}

fn with_default(mut docs: String, schema: &Node) -> String {
    if let Some(default) = schema.get("default") {
        docs.push_str(&format!(
            " Default: `{}`.",
            default.to_json().to_string().trim_matches('"')
        ));
    }
    docs
}

fn number(node: &Node) -> Option<String> {
    match node.data {
        // The largest integer that JSON's readers agree on is no bound worth telling.
        Data::Integer(9_007_199_254_740_991 | 2_147_483_647) => None,
        Data::Integer(number) => Some(number.to_string()),
        Data::Float(number) => Some(number.to_string()),
        _ => None,
    }
}
