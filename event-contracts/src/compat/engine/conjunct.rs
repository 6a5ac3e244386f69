//! What a writer may write at one place, as alternatives each of which is a list of schemas that hold at once.

use super::document::{Document, is_anything};
use super::number::Bound;
use super::types::Types;
use super::value;
use serde_json::{Map, Value};

/// How many alternatives are followed, and how many steps are made to find them.
const MAX_ALTERNATIVES: usize = 256;
const MAX_STEPS: usize = 4096;

/// Schemas that hold at once. References, `allOf`, `anyOf` and `oneOf` are resolved already: of each part only its
/// other keywords count. What is not understood of a writer is passed over, which makes it write more, never less.
#[derive(Clone, Default)]
pub(super) struct Conjunct<'a> {
    parts: Vec<&'a Map<String, Value>>,
}

/// What a writer may write as one property.
pub(super) enum Property<'a> {
    /// It is never written.
    Never,
    /// The writer's contract does not speak of it, and is open.
    Undeclared,
    /// A value that all of these schemas accept.
    Declared(Vec<&'a Value>),
    /// It depends on the pattern of the name.
    ByPattern,
}

#[derive(Default)]
struct Growing<'a> {
    done: Conjunct<'a>,
    todo: Vec<&'a Value>,
    choices: Vec<&'a [Value]>,
}

/// The alternatives that together accept all that `schemas` accept at once; `None` when they are too many.
pub(super) fn alternatives<'a>(document: &Document<'a>, schemas: &[&'a Value]) -> Option<Vec<Conjunct<'a>>> {
    let mut found = Vec::new();
    let mut open = vec![Growing {
        todo: schemas.to_vec(),
        ..Growing::default()
    }];
    let mut steps = 0;
    while let Some(mut growing) = open.pop() {
        steps += 1;
        if steps > MAX_STEPS || found.len() + open.len() > MAX_ALTERNATIVES {
            return None;
        }
        if !growing.unfold(document) {
            continue;
        }
        match growing.choices.pop() {
            None if growing.done.is_possible(document) => found.push(growing.done),
            None => {}
            // The last is pushed first, so that alternatives come in the order in which they stand.
            Some(branches) => open.extend(branches.iter().rev().map(|branch| Growing {
                done: growing.done.clone(),
                todo: vec![branch],
                choices: growing.choices.clone(),
            })),
        }
    }
    Some(found)
}

impl<'a> Growing<'a> {
    /// Follows what holds in any case; `false` when nothing can satisfy it.
    fn unfold(&mut self, document: &Document<'a>) -> bool {
        while let Some(schema) = self.todo.pop() {
            let map = match schema {
                Value::Bool(false) => return false,
                Value::Object(map) => map,
                _ => continue,
            };
            if self.done.parts.iter().any(|part| std::ptr::eq(*part, map)) {
                continue;
            }
            self.done.parts.push(map);
            self.todo
                .extend(map.get("$ref").and_then(|target| document.resolve(target)));
            self.todo
                .extend(map.get("allOf").and_then(Value::as_array).into_iter().flatten());
            for keyword in ["anyOf", "oneOf"] {
                self.choices
                    .extend(map.get(keyword).and_then(Value::as_array).map(Vec::as_slice));
            }
        }
        true
    }
}

impl<'a> Conjunct<'a> {
    pub(super) fn parts(&self) -> &[&'a Map<String, Value>] {
        &self.parts
    }

    /// The values of a keyword in all parts that have it.
    pub(super) fn all(&self, keyword: &'static str) -> impl Iterator<Item = &'a Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    pub(super) fn types(&self) -> Types {
        let stated = self.all("type").filter_map(Types::of_keyword);
        let stated = stated.fold(Types::ALL, Types::and);
        match self.values() {
            Some(values) => values
                .iter()
                .fold(Types::NONE, |types, value| types.or(Types::of_value(value)))
                .and(stated),
            None => stated,
        }
    }

    /// The values that may be written, when they are listed.
    pub(super) fn values(&self) -> Option<Vec<&'a Value>> {
        let mut lists = self.parts.iter().filter_map(|part| value::listed(part));
        let first = lists.next()?;
        Some(lists.fold(first, |values, list| {
            let shared = |value: &&'a Value| list.iter().any(|other| value::is_same(value, other));
            values.into_iter().filter(shared).collect()
        }))
    }

    /// Whether anything can satisfy it, as far as types, listed values and names tell.
    fn is_possible(&self, document: &Document<'a>) -> bool {
        let types = self.types();
        let mut required = self.all("required").filter_map(Value::as_array).flatten();
        let is_ruled_out = |name: &Value| {
            let name = name.as_str().unwrap_or_default();
            matches!(self.property(name), Property::Never)
        };
        if types == Types::OBJECT && required.any(is_ruled_out) {
            return false;
        }
        match self.values() {
            Some(values) => values.iter().any(|value| self.may_be(document, value)),
            None => !types.is_empty(),
        }
    }

    /// Whether no part refuses `value`, as far as can be told.
    pub(super) fn may_be(&self, document: &Document<'a>, value: &Value) -> bool {
        self.parts
            .iter()
            .all(|part| value::own_keywords_accept(document, part, value) != Some(false))
    }

    pub(super) fn is_required(&self, name: &str) -> bool {
        self.all("required")
            .filter_map(Value::as_array)
            .flatten()
            .any(|one| one == name)
    }

    /// The names of which `properties` speaks, in the order of the schema, each once.
    pub(super) fn declared(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for properties in self.all("properties").filter_map(Value::as_object) {
            names.extend(properties.keys().map(String::as_str));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    pub(super) fn property(&self, name: &str) -> Property<'a> {
        let mut schemas = Vec::new();
        let mut is_declared = self.is_required(name);
        let mut is_by_pattern = false;
        for part in &self.parts {
            if let Some(schema) = part.get("properties").and_then(|all| all.get(name)) {
                is_declared = true;
                schemas.push(schema);
            } else if has_patterns(part) {
                is_by_pattern = true;
            } else {
                match part.get("additionalProperties") {
                    Some(Value::Bool(false)) => return Property::Never,
                    Some(schema) if !is_anything(schema) => {
                        is_declared = true;
                        schemas.push(schema);
                    }
                    _ => {}
                }
            }
        }
        match (is_declared, is_by_pattern) {
            (true, _) => Property::Declared(schemas),
            (false, true) => Property::ByPattern,
            (false, false) => Property::Undeclared,
        }
    }

    /// The first part that tells properties by the pattern of their name.
    pub(super) fn by_pattern(&self) -> Option<&'a Map<String, Value>> {
        self.parts.iter().copied().find(|part| has_patterns(part))
    }

    /// Whether properties are written that are not declared; a part with patterns is not asked.
    pub(super) fn is_closed(&self) -> bool {
        self.parts
            .iter()
            .any(|part| !has_patterns(part) && part.get("additionalProperties") == Some(&Value::Bool(false)))
    }

    /// What undeclared properties look like; empty when they are anything.
    pub(super) fn additional(&self) -> Vec<&'a Value> {
        self.parts
            .iter()
            .filter(|part| !has_patterns(part))
            .filter_map(|part| part.get("additionalProperties"))
            .filter(|schema| !is_anything(schema))
            .collect()
    }

    /// The greatest of a keyword that sets a lower limit to a count.
    pub(super) fn at_least(&self, keyword: &'static str) -> Option<Bound> {
        self.all(keyword)
            .filter_map(Bound::of)
            .reduce(|one, other| if other > one { other } else { one })
    }

    /// The smallest of a keyword that sets an upper limit to a count.
    pub(super) fn at_most(&self, keyword: &'static str) -> Option<Bound> {
        self.all(keyword)
            .filter_map(Bound::of)
            .reduce(|one, other| if other < one { other } else { one })
    }

    /// The schemas of the element at `index`.
    pub(super) fn element(&self, index: usize) -> Vec<&'a Value> {
        self.parts
            .iter()
            .filter_map(|part| {
                let prefix = part.get("prefixItems").and_then(Value::as_array);
                prefix
                    .and_then(|prefix| prefix.get(index))
                    .or_else(|| part.get("items"))
            })
            .collect()
    }

    /// How many elements have a schema of their own.
    pub(super) fn prefix(&self) -> usize {
        self.all("prefixItems")
            .filter_map(Value::as_array)
            .map(Vec::len)
            .max()
            .unwrap_or(0)
    }

    /// The keyword with its values in all parts, in short.
    pub(super) fn shown(&self, keyword: &'static str) -> String {
        let values: Vec<String> = self.all(keyword).map(super::document::brief).collect();
        match values.is_empty() {
            true => format!("no {keyword}"),
            false => format!("{keyword} {}", values.join(" and ")),
        }
    }
}

fn has_patterns(part: &Map<String, Value>) -> bool {
    part.get("patternProperties")
        .and_then(Value::as_object)
        .is_some_and(|patterns| !patterns.is_empty())
}
