//! Bounds of a schema, as sentences for its documentation. The service checks them; the client tells them.

use super::Reader;
use super::schema::or_null;
use crate::document::{Data, Node};

impl<'d> Reader<'d> {
    /// The documentation with the bounds of the schema behind it.
    pub(super) fn with_constraints(&self, docs: &str, schema: &'d Node) -> String {
        let docs = docs.trim_end();
        let mut sentences = self.bounds(schema);
        if let Some(default) = schema.get("default") {
            let default = default.to_json().to_string();
            sentences.push(format!("Default: {}", code(default.trim_matches('"'))));
        }
        if sentences.is_empty() {
            return docs.to_owned();
        }
        format!("{docs}{}{}.", separator(docs), sentences.join(". "))
    }

    /// The bounds of a value, and of the values that it holds.
    fn bounds(&self, schema: &'d Node) -> Vec<String> {
        let Some(plain) = self.plain(schema) else {
            return Vec::new();
        };
        let mut bounds = sentences(plain);
        for (key, of) in [("items", "of each"), ("additionalProperties", "of each value")] {
            let inner = plain.get(key).filter(|inner| inner.is_map());
            let inner = inner.map(|inner| self.bounds(inner)).unwrap_or_default();
            bounds.extend(inner.into_iter().map(|bound| format!("{bound} {of}")));
        }
        bounds
    }

    /// The schema behind references and null, unless it has a type of its own: there its bounds are told.
    fn plain(&self, schema: &'d Node) -> Option<&'d Node> {
        let mut node = schema;
        for _ in 0..MAX_STEPS {
            let next = match (node.get("$ref"), node.get("oneOf")) {
                (Some(reference), _) => self.target_of(reference, "schemas").ok()?.1,
                (None, Some(one_of)) => or_null(one_of)?,
                (None, None) => return Some(node),
            };
            if OF_TYPES.iter().any(|key| next.get(key).is_some()) {
                return None;
            }
            node = next;
        }
        None
    }
}

/// What ends a text, where its author left that to the reader, before a sentence follows.
fn separator(text: &str) -> &'static str {
    if text.is_empty() {
        ""
    } else if text.ends_with("```") {
        "\n\n"
    } else if text.ends_with(['.', '!', '?', ':', ';']) {
        " "
    } else {
        ". "
    }
}

const MAX_STEPS: usize = 16;

/// What schemas have that become types of their own.
const OF_TYPES: [&str; 3] = ["properties", "enum", "x-rust-type"];

/// What the service holds a value to.
fn sentences(schema: &Node) -> Vec<String> {
    let mut sentences = Vec::new();
    for (of, least, most) in RANGES {
        sentences.extend(range(schema, least, most).map(|range| format!("{of}: {range}")));
    }
    let bound = |key: &str| schema.get(key).and_then(number);
    sentences.extend(bound("exclusiveMinimum").map(|bound| format!("Above {bound}")));
    sentences.extend(bound("exclusiveMaximum").map(|bound| format!("Below {bound}")));
    sentences.extend(bound("multipleOf").map(|step| format!("A multiple of {step}")));
    if schema.get("uniqueItems").and_then(Node::as_bool) == Some(true) {
        sentences.push("None twice".to_owned());
    }
    // A type that the target brings along knows its own form.
    if schema.get("x-rust-type").is_none() {
        let text = |key: &str| schema.get(key).and_then(Node::as_text);
        let is_text = schema.get("format").is_some()
            && !matches!(text("format"), Some("int32" | "int64" | "float" | "double"));
        sentences.extend(
            text("format")
                .filter(|_| is_text)
                .map(|format| format!("Format: `{format}`")),
        );
        sentences.extend(text("pattern").map(|pattern| format!("Pattern: {}", code(pattern))));
    }
    sentences
}

const RANGES: [(&str, &str, &str); 4] = [
    ("Length", "minLength", "maxLength"),
    ("Items", "minItems", "maxItems"),
    ("Properties", "minProperties", "maxProperties"),
    ("Range", "minimum", "maximum"),
];

fn range(schema: &Node, least: &str, most: &str) -> Option<String> {
    let bound = |key: &str| schema.get(key).and_then(number);
    Some(match (bound(least), bound(most)) {
        (Some(least), Some(most)) if least == most => least,
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (None, Some(most)) => format!("at most {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, None) => return None,
    })
}

/// A span of code, whatever it holds.
fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
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
