//! One value that may be written, held against a schema: yes, no, or not known.

use super::document::{Document, is_annotation};
use super::number::Bound;
use super::pattern;
use super::types::Types;
use serde_json::{Map, Value};
use std::cell::Cell;

/// How deep schemas are followed for one value.
const MAX_DEPTH: usize = 32;
const MAX_STEPS: usize = 10_000;

/// The values that `enum` and `const` of a schema list.
pub(super) fn listed(schema: &Map<String, Value>) -> Option<Vec<&Value>> {
    match (schema.get("enum").and_then(Value::as_array), schema.get("const")) {
        (list, Some(one)) => {
            let is_listed = list.is_none_or(|list| list.iter().any(|other| is_same(one, other)));
            Some(is_listed.then_some(one).into_iter().collect())
        }
        (Some(list), None) => Some(list.iter().collect()),
        (None, None) => None,
    }
}

/// Whether two values are the same to JSON Schema: 1 is 1.0.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => {
            one == other || matches!((Bound::of(one), Bound::of(other)), (Some(a), Some(b)) if a == b)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, one)| other.get(key).is_some_and(|other| is_same(one, other)))
        }
        _ => one == other,
    }
}

/// Whether `schema` accepts `value`; `None` when no rule tells. The parts of `known` accept it.
pub(super) fn accepts(
    document: &Document<'_>,
    schema: &Value,
    value: &Value,
    known: &[&Map<String, Value>],
) -> Option<bool> {
    Trial::new(document).schema(schema, value, known, MAX_DEPTH)
}

/// As [`accepts`], by the keywords of one schema without its references and combinations.
pub(super) fn own_keywords_accept(
    document: &Document<'_>,
    schema: &Map<String, Value>,
    value: &Value,
) -> Option<bool> {
    const COMBINING: [&str; 4] = ["$ref", "allOf", "anyOf", "oneOf"];
    let trial = Trial::new(document);
    let own = schema
        .iter()
        .filter(|(keyword, _)| !COMBINING.contains(&keyword.as_str()));
    every(own.map(|keyword| trial.keyword(schema, keyword, value, &[], MAX_DEPTH)))
}

/// One value under trial, for as long as its steps last.
struct Trial<'t, 'a> {
    document: &'t Document<'a>,
    steps: Cell<usize>,
}

impl<'t, 'a> Trial<'t, 'a> {
    fn new(document: &'t Document<'a>) -> Self {
        let steps = Cell::new(MAX_STEPS);
        Self { document, steps }
    }

    fn schema(
        &self,
        schema: &Value,
        value: &Value,
        known: &[&Map<String, Value>],
        depth: usize,
    ) -> Option<bool> {
        let depth = depth.checked_sub(1)?;
        self.steps.set(self.steps.get().checked_sub(1)?);
        match schema {
            Value::Bool(accepts) => Some(*accepts),
            Value::Object(map) => every(
                map.iter()
                    .map(|keyword| self.keyword(map, keyword, value, known, depth)),
            ),
            _ => None,
        }
    }

    fn keyword(
        &self,
        schema: &Map<String, Value>,
        (keyword, demand): (&String, &Value),
        value: &Value,
        known: &[&Map<String, Value>],
        depth: usize,
    ) -> Option<bool> {
        let of = |schema: &Value, value: &Value| self.schema(schema, value, &[], depth);
        let alike = |schema: &Value| self.schema(schema, value, known, depth);
        match (keyword.as_str(), value) {
            (keyword, _) if is_annotation(keyword) => Some(true),
            ("$ref", _) => alike(self.document.resolve(demand)?),
            ("allOf", _) => every(demand.as_array()?.iter().map(alike)),
            ("anyOf", _) => any(demand.as_array()?.iter().map(alike)),
            ("oneOf", _) => {
                let verdicts: Vec<_> = demand.as_array()?.iter().map(alike).collect();
                let yes = verdicts.iter().filter(|verdict| **verdict == Some(true)).count();
                match verdicts.contains(&None) {
                    _ if yes > 1 => Some(false),
                    true => None,
                    false => Some(yes == 1),
                }
            }
            ("not", _) => alike(demand).map(|accepted| !accepted),
            ("type", _) => Some(Types::of_keyword(demand)?.has_any(Types::of_value(value))),
            ("enum", _) => Some(demand.as_array()?.iter().any(|one| is_same(one, value))),
            ("const", _) => Some(is_same(demand, value)),
            ("minimum", Value::Number(_)) => Some(Bound::of(value)? >= Bound::of(demand)?),
            ("maximum", Value::Number(_)) => Some(Bound::of(value)? <= Bound::of(demand)?),
            ("exclusiveMinimum", Value::Number(_)) => Some(Bound::of(value)? > Bound::of(demand)?),
            ("exclusiveMaximum", Value::Number(_)) => Some(Bound::of(value)? < Bound::of(demand)?),
            ("minLength", Value::String(text)) => Some(count(text.chars().count())? >= Bound::of(demand)?),
            ("maxLength", Value::String(text)) => Some(count(text.chars().count())? <= Bound::of(demand)?),
            ("minItems", Value::Array(list)) => Some(count(list.len())? >= Bound::of(demand)?),
            ("maxItems", Value::Array(list)) => Some(count(list.len())? <= Bound::of(demand)?),
            ("items", Value::Array(list)) if !schema.contains_key("prefixItems") => {
                every(list.iter().map(|element| of(demand, element)))
            }
            ("required", Value::Object(map)) => {
                let names = demand.as_array()?.iter();
                every(names.map(|name| Some(map.contains_key(name.as_str()?))))
            }
            ("properties", Value::Object(map)) => {
                let schemas = demand.as_object()?.iter();
                every(
                    schemas.map(|(name, schema)| map.get(name).map_or(Some(true), |value| of(schema, value))),
                )
            }
            ("pattern", Value::String(text)) if pattern::matches(demand.as_str()?, text).is_some() => {
                pattern::matches(demand.as_str()?, text)
            }
            // A keyword of other types than the value's says nothing about it.
            (keyword, _) if !concerned(keyword).has_any(Types::of_value(value)) => Some(true),
            (keyword, _) if known.iter().any(|part| part.get(keyword) == Some(demand)) => match keyword {
                "pattern" | "format" | "multipleOf" => Some(true),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The types of values about which a keyword says something.
pub(super) fn concerned(keyword: &str) -> Types {
    match keyword {
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => Types::NUMBER,
        "minLength" | "maxLength" | "pattern" => Types::STRING,
        "format" => Types::NUMBER.or(Types::STRING),
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" | "contains" | "minContains"
        | "maxContains" | "unevaluatedItems" => Types::ARRAY,
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties" => Types::OBJECT,
        _ => Types::ALL,
    }
}

fn count(number: usize) -> Option<Bound> {
    i128::try_from(number).ok().map(Bound::Integer)
}

fn every(verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for verdict in verdicts {
        match verdict {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

fn any(verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    every(verdicts.map(|verdict| verdict.map(|accepted| !accepted))).map(|none| !none)
}
