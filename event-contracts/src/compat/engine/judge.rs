//! One slice of what may be written, held against one schema of the reader.

use super::document::{Document, has_reference, is_annotation, is_anything, shown};
use super::types::Types;
use super::{Engine, Slice, value};
use crate::compat::Rule;
use serde_json::{Map, Value};

/// Keywords that mean something only together.
const TOGETHER: [&[&str]; 2] = [
    &["if", "then", "else"],
    &["contains", "minContains", "maxContains"],
];

impl<'a> Engine<'a> {
    pub(super) fn judge(&mut self, slice: Slice<'_, 'a>, reader: &'a Value) {
        self.judge_within(slice, reader, &mut Vec::new());
    }

    /// `open` are the schemas of the reader that are being asked about the same value.
    pub(super) fn judge_within(&mut self, slice: Slice<'_, 'a>, reader: &'a Value, open: &mut Vec<usize>) {
        let Some(()) = self.enter() else { return };
        match reader {
            Value::Bool(true) => {}
            Value::Bool(false) => {
                let writer = slice.types.to_string();
                self.report(Rule::NothingAccepted, writer, "false".to_owned());
            }
            Value::Object(map) => self.keywords(slice, reader, map, open),
            _ => self.undecided("a schema is an object or a boolean", reader),
        }
        self.depth -= 1;
    }

    fn keywords(
        &mut self,
        slice: Slice<'_, 'a>,
        schema: &'a Value,
        reader: &'a Map<String, Value>,
        open: &mut Vec<usize>,
    ) {
        let address = std::ptr::from_ref(schema).addr();
        if open.contains(&address) {
            self.undecided("a schema that refers to itself without end", schema);
            return;
        }
        open.push(address);
        for (keyword, demand) in reader {
            match keyword.as_str() {
                "$ref" => match self.reader.resolve(demand) {
                    Some(target) => self.judge_within(slice, target, open),
                    None => self.undecided("a reference that leads out of the schema", demand),
                },
                "allOf" => match demand.as_array() {
                    Some(all) => all.iter().for_each(|one| self.judge_within(slice, one, open)),
                    None => self.unknown(slice, reader, keyword),
                },
                "anyOf" | "oneOf" => match demand.as_array() {
                    Some(all) => self.choice(slice, all, keyword == "oneOf", open),
                    None => self.unknown(slice, reader, keyword),
                },
                "type" => self.types(slice, demand),
                keyword if !value::concerned(keyword).has_any(slice.types) => {}
                "enum" | "const" => self.listed(slice, reader, keyword),
                keyword if is_annotation(keyword) => {}
                keyword => self.keyword(slice, reader, keyword),
            }
        }
        open.pop();
    }

    fn keyword(&mut self, slice: Slice<'_, 'a>, reader: &'a Map<String, Value>, keyword: &str) {
        let is_understood = match slice.types {
            Types::STRING => self.text(slice, reader, keyword),
            Types::ARRAY => self.array(slice, reader, keyword),
            Types::OBJECT => self.object(slice, reader, keyword),
            types if types.has_any(Types::NUMBER) => self.numeric(slice, reader, keyword),
            _ => None,
        };
        if is_understood.is_none() {
            self.unknown(slice, reader, keyword);
        }
    }

    fn types(&mut self, slice: Slice<'_, 'a>, demand: &Value) {
        match Types::of_keyword(demand) {
            Some(accepted) => self.report_types(slice.types, accepted),
            None => self.undecided("a type of JSON Schema", demand),
        }
    }

    /// The reader lists values, and the writer does not.
    fn listed(&mut self, slice: Slice<'_, 'a>, reader: &Map<String, Value>, keyword: &str) {
        let Some(values) = value::listed(reader) else {
            self.unknown(slice, reader, keyword);
            return;
        };
        let is_there = |one: Value| values.iter().any(|value| **value == one);
        let is_complete = match slice.types {
            Types::NULL => is_there(Value::Null),
            Types::BOOLEAN => is_there(Value::Bool(true)) && is_there(Value::Bool(false)),
            _ => false,
        };
        if !is_complete {
            let asked = shown(reader, keyword);
            self.report(Rule::ValuesRestricted, slice.types.to_string(), asked);
        }
    }

    /// A keyword that no rule knows, or whose value is not as it should be: fine when the writer says the same.
    fn unknown(&mut self, slice: Slice<'_, 'a>, reader: &Map<String, Value>, keyword: &str) {
        // What these mean depends on the keywords beside them.
        if !matches!(
            keyword,
            "unevaluatedProperties" | "unevaluatedItems" | "$dynamicRef"
        ) {
            let keywords = TOGETHER.iter().find(|together| together.contains(&keyword));
            let keywords = keywords.copied().unwrap_or_default();
            let is_alike = |part: &Map<String, Value>, keyword: &str| {
                part.get(keyword) == reader.get(keyword) && !part.get(keyword).is_some_and(has_reference)
            };
            let says_the_same = slice.writer.parts().iter().any(|part| {
                is_alike(part, keyword) && keywords.iter().all(|keyword| is_alike(part, keyword))
            });
            if says_the_same {
                return;
            }
        } else if reader.get(keyword).is_some_and(is_anything) {
            return;
        }
        let reader = shown(reader, keyword);
        self.report(Rule::Undecided, slice.types.to_string(), reader);
    }
}

/// The types that a schema of the reader may accept; those that it leaves out, it certainly refuses.
pub(super) fn types(document: &Document<'_>, schema: &Value) -> Types {
    types_within(document, schema, &mut 1_000, 32)
}

fn types_within(document: &Document<'_>, schema: &Value, steps: &mut usize, depth: usize) -> Types {
    if *steps == 0 || depth == 0 {
        return Types::ALL;
    }
    *steps -= 1;
    let map = match schema {
        Value::Bool(false) => return Types::NONE,
        Value::Object(map) => map,
        _ => return Types::ALL,
    };
    let mut accepted = map.get("type").and_then(Types::of_keyword).unwrap_or(Types::ALL);
    if let Some(values) = value::listed(map) {
        let of_values = values
            .iter()
            .fold(Types::NONE, |types, value| types.or(Types::of_value(value)));
        accepted = accepted.and(of_values);
    }
    if let Some(target) = map.get("$ref").and_then(|target| document.resolve(target)) {
        accepted = accepted.and(types_within(document, target, steps, depth - 1));
    }
    for all in map.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        accepted = accepted.and(types_within(document, all, steps, depth - 1));
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(branches) = map.get(keyword).and_then(Value::as_array) {
            let of_branches = branches.iter().fold(Types::NONE, |types, branch| {
                types.or(types_within(document, branch, steps, depth - 1))
            });
            accepted = accepted.and(of_branches);
        }
    }
    accepted
}
