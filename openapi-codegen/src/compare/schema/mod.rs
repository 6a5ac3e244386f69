//! Schemas: the same description of a value, judged by the direction in which the value travels.

mod bound;
mod choice;
mod constraint;
mod flat;
mod object;
mod types;
mod union;

use std::collections::BTreeSet;

use super::comparer::{Comparer, Field};
use super::place::Place;
use super::rule::{self, Rule};
use super::twin::{Twin, twins};
use flat::Flat;

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// The caller writes it, so refusing more is breaking.
    Request,
    /// The caller reads it, so answering more is breaking.
    Response,
}

/// Two schemas to be compared; one that is not there allows everything.
pub(super) struct Pair<'d> {
    direction: Direction,
    field: Field<'d>,
}

/// A pair while it is judged, with all that belongs to each schema in one place.
struct Schemas<'d> {
    direction: Direction,
    before: Flat<'d>,
    after: Flat<'d>,
    /// What to point at where no keyword is at hand.
    at: Place<'d>,
}

impl Direction {
    fn of(self, request: Rule, response: Rule) -> Rule {
        match self {
            Self::Request => request,
            Self::Response => response,
        }
    }
}

impl<'d> Schemas<'d> {
    fn keyword(&self, key: &str) -> Option<Field<'d>> {
        Twin::of(
            self.before.keyword(key).cloned(),
            self.after.keyword(key).cloned(),
        )
    }
}

/// Keywords with a rule; every other one is unclassified when it changes.
const JUDGED: &[&str] = &[
    "additionalProperties",
    "anyOf",
    "const",
    "default",
    "deprecated",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "nullable",
    "oneOf",
    "pattern",
    "readOnly",
    "type",
    "uniqueItems",
    "writeOnly",
    "x-rust-type",
];

impl<'d> Comparer<'d> {
    pub(super) fn schema_later(&mut self, direction: Direction, field: &Field<'d>) {
        let field = Twin::of(field.before().cloned(), field.after().cloned());
        self.pending.extend(field.map(|field| Pair { direction, field }));
    }

    /// Compares all schemas that are waiting, and those that they lead to, each pair once.
    pub(super) fn schemas(&mut self) {
        let mut seen = BTreeSet::new();
        while let Some(Pair { direction, field }) = self.pending.pop() {
            let pointer = |place: Option<&Place<'d>>| place.map(|place| place.pointer.clone());
            if seen.insert((direction, pointer(field.before()), pointer(field.after()))) {
                self.schema(&Schemas {
                    direction,
                    before: field.before().map(Flat::new).unwrap_or_default(),
                    after: field.after().map(Flat::new).unwrap_or_default(),
                    at: field.latest().clone(),
                });
            }
        }
    }

    fn schema(&mut self, schemas: &Schemas<'d>) {
        self.annotations(schemas);
        if !self.becomes_union(schemas) {
            self.words(schemas);
            self.types(schemas);
            self.bounds(schemas);
            self.constraints(schemas);
            self.choices(schemas);
            self.properties(schemas);
            self.unions(schemas);
            if let Some(items) = schemas.keyword("items") {
                self.schema_later(schemas.direction, &items);
            }
        }
        let keywords = |flat: &Flat<'d>| flat.keywords.clone();
        for (key, field) in twins(keywords(&schemas.before), keywords(&schemas.after)) {
            if !JUDGED.contains(&key) {
                self.unclassified(key, &field);
            }
        }
        for ((key, _), field) in twins(schemas.before.odd(), schemas.after.odd()) {
            self.unclassified(key, &field);
        }
    }

    fn annotations(&mut self, schemas: &Schemas<'d>) {
        if let Some(field) = schemas.keyword("default") {
            let rule = match field {
                Twin::Removed(_) => rule::DEFAULT_REMOVED,
                Twin::Added(_) => rule::DEFAULT_ADDED,
                Twin::Both(..) => rule::DEFAULT_CHANGED,
            };
            self.note_difference(rule, "default", &field);
        }
        if let Some(field) = schemas.keyword("deprecated") {
            self.deprecation(&field);
        }
        for key in ["readOnly", "writeOnly"] {
            if let Some(field) = schemas.keyword(key)
                && self.turned(key, field.before(), field.after()).is_some()
            {
                self.note_difference(rule::DIRECTION_CHANGED, key, &field);
            }
        }
        if let Some(field) = schemas.keyword("x-rust-type") {
            self.note_difference(rule::RUST_TYPE_CHANGED, "x-rust-type", &field);
        }
    }

    fn words(&mut self, schemas: &Schemas<'d>) {
        let differing = twins(schemas.before.words(), schemas.after.words());
        let is_new = |pointer: &str| {
            let mut added = differing.values().filter(|field| matches!(field, Twin::Added(_)));
            added.any(|field| field.latest().pointer == pointer)
        };
        for ((key, _), field) in &differing {
            match field {
                Twin::Both(..) => {}
                // Told already, as the new text in its place.
                Twin::Removed(place) if is_new(&place.pointer) => {}
                field => self.report(
                    rule::DOCUMENTATION_CHANGED,
                    field.latest(),
                    format!("`{key}` changed"),
                ),
            }
        }
    }
}
