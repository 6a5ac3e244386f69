//! Parameters, wherever they are declared: at the path, at the operation, or among the components.

use std::collections::BTreeMap;

use super::comparer::{Comparer, Field, Turn};
use super::place::Place;
use super::rule;
use super::schema::Direction;
use super::twin::{Twin, twins};

/// What an operation takes over from its path, in both documents.
pub(super) struct Inherited<'d> {
    pub(super) before: Option<Place<'d>>,
    pub(super) after: Option<Place<'d>>,
    old_path: &'d str,
    path: &'d str,
}

/// Where a parameter is sent, and what it is called there.
type Name = (String, String);

impl<'d> Inherited<'d> {
    pub(super) fn new(
        (old_path, before): (&'d str, Option<&Place<'d>>),
        (path, after): (&'d str, Option<&Place<'d>>),
    ) -> Self {
        Self {
            before: before.cloned(),
            after: after.cloned(),
            old_path,
            path,
        }
    }
}

impl<'d> Comparer<'d> {
    pub(super) fn parameters(&mut self, inherited: &Inherited<'d>, before: &Place<'d>, after: &Place<'d>) {
        let list = |place: &Place<'d>| place.child("parameters");
        let at_path = |place: &Option<Place<'d>>| place.as_ref().and_then(list);
        let (path_before, path_after) = self.lists(
            at_path(&inherited.before).as_ref(),
            at_path(&inherited.after).as_ref(),
        );
        let (own_before, own_after) = self.lists(list(before).as_ref(), list(after).as_ref());
        let mut paired = twins(
            named(inherited.old_path, path_before, own_before),
            named(inherited.path, path_after, own_after),
        );
        self.moved(&mut paired);
        for ((_, name), field) in paired {
            match field {
                Twin::Removed(place) => {
                    self.report(
                        rule::PARAMETER_REMOVED,
                        &place,
                        format!("parameter `{name}` removed"),
                    );
                }
                Twin::Added(place) if is_required(&place) => {
                    let what = format!("required parameter `{name}` added");
                    self.report(rule::REQUIRED_PARAMETER_ADDED, &place, what);
                }
                Twin::Added(place) => {
                    let what = format!("optional parameter `{name}` added");
                    self.report(rule::OPTIONAL_PARAMETER_ADDED, &place, what);
                }
                Twin::Both(before, after) => self.parameter(&before, &after),
            }
        }
    }

    /// The same name in another place is one change, not two. What else changed is judged as for any parameter.
    fn moved(&mut self, paired: &mut BTreeMap<Name, Field<'d>>) {
        let only = |wanted: fn(&Field<'d>) -> bool, paired: &BTreeMap<Name, Field<'d>>| -> Vec<Name> {
            let names = paired.iter().filter(|(_, field)| wanted(field));
            names.map(|(name, _)| name.clone()).collect()
        };
        let added = only(|field| matches!(field, Twin::Added(_)), paired);
        for from in only(|field| matches!(field, Twin::Removed(_)), paired) {
            let Some(to) = added
                .iter()
                .find(|to| to.1.eq_ignore_ascii_case(&from.1) && paired.contains_key(to))
            else {
                continue;
            };
            if let (Some(Twin::Removed(before)), Some(Twin::Added(after))) =
                (paired.remove(&from), paired.remove(to))
            {
                let what = format!("parameter `{}` moved from {} to {}", to.1, from.0, to.0);
                self.report(rule::PARAMETER_MOVED, &after, what);
                self.parameter(&before, &after);
            }
        }
    }

    fn parameter(&mut self, before: &Place<'d>, after: &Place<'d>) {
        match self.requirement(before, after) {
            // What is in the path is there in any case.
            _ if is_in_path(before) && is_in_path(after) => {}
            Some(Turn::On(place)) => self.report(rule::PARAMETER_BECAME_REQUIRED, &place, "now required"),
            Some(Turn::Off(place)) => {
                self.report(rule::PARAMETER_BECAME_OPTIONAL, &place, "no longer required");
            }
            None => {}
        }
        self.serialisation(before, after);
        for (key, field) in self.fields(Some(before), Some(after)) {
            match key {
                "name" if is_in_path(after) => {
                    self.note_difference(rule::PATH_PARAMETER_RENAMED, key, &field);
                }
                // The case of a header's name.
                "name" => self.note_difference(rule::WRITTEN_DIFFERENTLY, key, &field),
                "in" | "required" | "style" | "explode" => {}
                "schema" => self.schema_later(Direction::Request, &field),
                "content" => self.content(Direction::Request, &field),
                "deprecated" => self.deprecation(&field),
                key => self.other(key, &field),
            }
        }
    }

    /// `style` and `explode`, of a parameter or a header; what is left out has the default of its place.
    pub(super) fn serialisation(&mut self, before: &Place<'d>, after: &Place<'d>) {
        for key in ["style", "explode"] {
            let Some(field) = Twin::of(before.child(key), after.child(key)) else {
                continue;
            };
            let odd = |place: &Place<'_>| match key {
                "style" => place.node.as_text().is_none(),
                _ => place.node.as_bool().is_none(),
            };
            if field.before().is_some_and(odd) || field.after().is_some_and(odd) {
                self.unclassified(key, &field);
            } else if style(before) != style(after) {
                self.note_difference(rule::SERIALISATION_CHANGED, key, &field);
            }
        }
    }
}

/// The parameters of an operation by where they are sent; its own ones take the place of those of its path.
fn named<'d>(path: &str, inherited: Vec<Place<'d>>, own: Vec<Place<'d>>) -> BTreeMap<Name, Place<'d>> {
    inherited
        .into_iter()
        .chain(own)
        .map(|place| {
            let place = place.resolved();
            (name(path, &place), place)
        })
        .collect()
}

fn name(path: &str, place: &Place<'_>) -> Name {
    match (place.text("in"), place.text("name")) {
        (Some("header"), Some(name)) => ("header".to_owned(), name.to_ascii_lowercase()),
        // Its name is not on the wire: its place in the path is.
        (Some("path"), Some(name)) => {
            let at = path.find(&format!("{{{name}}}"));
            let number = at.map(|at| path[..at].matches('{').count());
            (
                "path".to_owned(),
                number.map_or(name.to_owned(), |number| format!("{{{number}}}")),
            )
        }
        (Some(place), Some(name)) => (place.to_owned(), name.to_owned()),
        _ => (String::new(), place.json()),
    }
}

fn is_required(place: &Place<'_>) -> bool {
    place.is_true("required") || is_in_path(place)
}

fn is_in_path(place: &Place<'_>) -> bool {
    place.text("in") == Some("path")
}

/// How a value is written: the style, and whether lists and objects are taken apart.
fn style<'d>(place: &Place<'d>) -> (&'d str, bool) {
    let default = match place.text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    let style = place.text("style").unwrap_or(default);
    let explode = place.child("explode").and_then(|place| place.node.as_bool());
    (style, explode.unwrap_or(style == "form"))
}
