//! What the comparison knows while it walks: what it has found, where it is, and what it has still to see.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Side};
use super::place::{Origin, Place};
use super::rule::{self, Rule};
use super::same::{same, same_with_references};
use super::schema::Pair;
use super::twin::{Twin, twins};
use crate::document::Data;

/// The document under one key, gone, new or in both.
pub(super) type Field<'d> = Twin<Place<'d>>;

/// A switch that was turned, and where.
pub(super) enum Turn<'d> {
    On(Place<'d>),
    Off(Place<'d>),
}

/// Keys that hold words and examples, wherever they stand.
pub(super) const DOCUMENTATION: &[&str] = &[
    "$comment",
    "description",
    "example",
    "examples",
    "externalDocs",
    "summary",
    "title",
];

type Key = (String, Side, Rule, String);

pub(super) struct Comparer<'d> {
    pub(super) before: &'d Origin<'d>,
    pub(super) after: &'d Origin<'d>,
    /// The operation that the walk is in.
    pub(super) operation: Option<String>,
    /// Schemas still to be compared. A list and no recursion: references chain deeper than any stack.
    pub(super) pending: Vec<Pair<'d>>,
    changes: BTreeMap<Key, Change>,
    /// Places that a change told elsewhere is about too.
    covered: BTreeSet<String>,
}

impl<'d> Comparer<'d> {
    pub(super) fn new(before: &'d Origin<'d>, after: &'d Origin<'d>) -> Self {
        Self {
            before,
            after,
            operation: None,
            pending: Vec::new(),
            changes: BTreeMap::new(),
            covered: BTreeSet::new(),
        }
    }

    /// Notes a change once, however many operations meet it.
    pub(super) fn report(&mut self, rule: Rule, place: &Place<'_>, what: impl Into<String>) {
        let key = (place.pointer.clone(), place.origin.side, rule, what.into());
        let change = self.changes.entry(key).or_insert_with_key(|key| Change {
            rule,
            side: place.origin.side,
            file: place.origin.document.file().to_owned(),
            pointer: place.pointer.clone(),
            line: place.line,
            what: key.3.clone(),
            operations: BTreeSet::new(),
        });
        change.operations.extend(self.operation.clone());
    }

    /// Leaves a place out of the last look, since a change that was told is about it too.
    pub(super) fn cover(&mut self, place: Option<&Place<'_>>) {
        self.covered.extend(place.map(|place| place.pointer.clone()));
    }

    /// Whether something is already said of this place, of what is in it, or of what it is in.
    pub(super) fn has_said(&self, pointer: &str) -> bool {
        let within = |inner: &str, outer: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut said = self.changes.keys().map(|(said, ..)| said).chain(&self.covered);
        // A change at the root is about the root alone.
        said.any(|said| within(said, pointer) || (!said.is_empty() && within(pointer, said)))
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        self.changes.into_values().collect()
    }

    /// The keys of two mappings, paired. What should be a mapping and is none is told as unclassified.
    pub(super) fn fields(
        &mut self,
        before: Option<&Place<'d>>,
        after: Option<&Place<'d>>,
    ) -> BTreeMap<&'d str, Field<'d>> {
        self.expect(before, after, |place| place.node.is_map());
        let entries = |place: Option<&Place<'d>>| -> Vec<(&'d str, Place<'d>)> {
            place.map(|place| place.entries().collect()).unwrap_or_default()
        };
        twins(entries(before), entries(after))
    }

    /// The items of two lists. What should be a list and is none is told as unclassified.
    pub(super) fn lists(
        &mut self,
        before: Option<&Place<'d>>,
        after: Option<&Place<'d>>,
    ) -> (Vec<Place<'d>>, Vec<Place<'d>>) {
        self.expect(before, after, |place| matches!(place.node.data, Data::List(_)));
        let items = |place: Option<&Place<'d>>| place.map(Place::items).unwrap_or_default();
        (items(before), items(after))
    }

    /// A key without a rule of its own: words, or unclassified.
    pub(super) fn other(&mut self, key: &str, field: &Field<'d>) {
        if DOCUMENTATION.contains(&key) {
            let unchanged = matches!(field, Twin::Both(before, after) if same(before.node, after.node));
            if !unchanged {
                self.report(
                    rule::DOCUMENTATION_CHANGED,
                    field.latest(),
                    format!("`{key}` changed"),
                );
            }
        } else {
            self.unclassified(key, field);
        }
    }

    /// What no rule knows may mean anything.
    pub(super) fn unclassified(&mut self, key: &str, field: &Field<'d>) {
        match field {
            Twin::Both(before, after) if same_with_references(before, after) => {}
            field => self.report(rule::UNCLASSIFIED, field.latest(), told(key, field)),
        }
    }

    /// Reports when the two say different things.
    pub(super) fn note_difference(&mut self, rule: Rule, key: &str, field: &Field<'d>) {
        let unchanged = matches!(field, Twin::Both(before, after) if same(before.node, after.node));
        if !unchanged {
            self.report(rule, field.latest(), told(key, field));
        }
    }

    /// Which way a switch was turned, if it was; one that is not there is off. What is no switch is unclassified.
    pub(super) fn turned(
        &mut self,
        key: &str,
        before: Option<&Place<'d>>,
        after: Option<&Place<'d>>,
    ) -> Option<Turn<'d>> {
        let field = Twin::of(before.cloned(), after.cloned())?;
        let is_on = |place: Option<&Place<'d>>| place.map_or(Some(false), |place| place.node.as_bool());
        match (is_on(before), is_on(after)) {
            (Some(false), Some(true)) => Some(Turn::On(field.latest().clone())),
            (Some(true), Some(false)) => Some(Turn::Off(field.latest().clone())),
            (Some(_), Some(_)) => None,
            _ => {
                self.unclassified(key, &field);
                None
            }
        }
    }

    pub(super) fn deprecation(&mut self, field: &Field<'d>) {
        match self.turned("deprecated", field.before(), field.after()) {
            Some(Turn::On(place)) => self.report(rule::DEPRECATED, &place, "now deprecated"),
            Some(Turn::Off(place)) => self.report(rule::DEPRECATION_LIFTED, &place, "no longer deprecated"),
            None => {}
        }
    }

    /// `required` of a parameter, a header or a body.
    pub(super) fn requirement(&mut self, before: &Place<'d>, after: &Place<'d>) -> Option<Turn<'d>> {
        let (before, after) = (before.child("required"), after.child("required"));
        self.turned("required", before.as_ref(), after.as_ref())
    }

    fn expect(
        &mut self,
        before: Option<&Place<'d>>,
        after: Option<&Place<'d>>,
        fits: impl Fn(&Place<'d>) -> bool,
    ) {
        let odd = |place: Option<&Place<'d>>| place.is_some_and(|place| !fits(place));
        if let Some(field) = Twin::of(before.cloned(), after.cloned())
            && (odd(before) || odd(after))
        {
            self.unclassified("a value of another kind", &field);
        }
    }
}

/// A change of one key as a phrase.
pub(super) fn told(key: &str, field: &Field<'_>) -> String {
    match field {
        Twin::Removed(before) => format!("`{key}` removed, was {}", before.shown()),
        Twin::Added(after) => format!("`{key}` added, is {}", after.shown()),
        Twin::Both(before, after) => format!("`{key}` is {}, was {}", after.shown(), before.shown()),
    }
}
