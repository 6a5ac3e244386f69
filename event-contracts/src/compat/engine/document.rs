//! A schema document: its references, and what of it is short enough to show.

use serde_json::{Map, Value};

/// How much of a schema is shown in a finding, in characters.
const SHOWN: usize = 100;

/// A whole schema, within which references are resolved.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    root: &'a Value,
    /// A nested `$id` moves the base of the references within it, which nothing here follows.
    is_plain: bool,
}

impl<'a> Document<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        let is_plain = match root {
            Value::Object(map) => !map.values().any(has_identifier),
            _ => true,
        };
        Self { root, is_plain }
    }

    /// What a `$ref` of this document points to; `None` when it leads out of the document or nowhere.
    pub(super) fn resolve(&self, reference: &Value) -> Option<&'a Value> {
        let fragment = reference.as_str()?.strip_prefix('#')?;
        // A percent sign would need decoding first; schemars writes none.
        if !self.is_plain || fragment.contains('%') {
            return None;
        }
        self.root.pointer(fragment)
    }

    /// What a schema that is nothing but a reference points to, so that a definition is one place however it is
    /// reached.
    pub(super) fn target(&self, schema: &'a Value) -> &'a Value {
        const MAX_STEPS: usize = 32;
        let mut target = schema;
        for _ in 0..MAX_STEPS {
            let next = target.as_object().and_then(|map| {
                let mut keywords = map.keys();
                let is_bare = keywords.all(|keyword| keyword == "$ref" || is_annotation(keyword));
                map.get("$ref").filter(|_| is_bare)
            });
            match next.and_then(|reference| self.resolve(reference)) {
                Some(next) => target = next,
                None => break,
            }
        }
        target
    }
}

fn has_identifier(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            map.get("$id").is_some_and(Value::is_string) || map.values().any(has_identifier)
        }
        Value::Array(list) => list.iter().any(has_identifier),
        _ => false,
    }
}

/// Whether a schema says nothing about the instance.
pub(super) fn is_anything(schema: &Value) -> bool {
    match schema {
        Value::Bool(accepts) => *accepts,
        Value::Object(map) => map.keys().all(|keyword| is_annotation(keyword)),
        _ => false,
    }
}

/// Whether a keyword describes and does not restrict.
pub(super) fn is_annotation(keyword: &str) -> bool {
    const ANNOTATIONS: &[&str] = &[
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "$comment",
        "$schema",
        "$id",
        "$anchor",
        "$vocabulary",
        "$defs",
        "definitions",
    ];
    ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-")
}

/// Whether what a schema means depends on the document that it stands in.
pub(super) fn has_reference(value: &Value) -> bool {
    match value {
        Value::Object(map) => map
            .iter()
            .any(|(key, value)| key == "$ref" || key == "$dynamicRef" || has_reference(value)),
        Value::Array(list) => list.iter().any(has_reference),
        _ => false,
    }
}

/// A keyword with its value, or that it is missing.
pub(super) fn shown(map: &Map<String, Value>, keyword: &str) -> String {
    match map.get(keyword) {
        Some(value) => format!("{keyword} {}", brief(value)),
        None => format!("no {keyword}"),
    }
}

/// A value in short.
pub(super) fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
