//! The document's own keys, and its paths paired with those of the other one.

use std::collections::BTreeMap;

use super::comparer::{Comparer, Field};
use super::place::Place;
use super::rule;
use super::twin::{Twin, twins};

impl<'d> Comparer<'d> {
    pub(super) fn document(&mut self) {
        let (before, after) = (self.before.root(), self.after.root());
        for (key, field) in self.fields(Some(&before), Some(&after)) {
            match key {
                "openapi" => self.openapi_version(&field),
                "info" => self.info(&field),
                "tags" => self.note_difference(rule::DOCUMENTATION_CHANGED, key, &field),
                "paths" => self.paths(&field),
                // Inherited by operations, and judged there; components where they are used.
                "components" | "security" | "servers" => {}
                key => self.other(key, &field),
            }
        }
    }

    fn openapi_version(&mut self, field: &Field<'d>) {
        let feature = |place: Option<&Place<'d>>| {
            let text = place?.node.as_text()?;
            Some(text.rsplit_once('.')?.0)
        };
        if feature(field.before()).is_some() && feature(field.before()) == feature(field.after()) {
            self.note_difference(rule::OPENAPI_VERSION_CHANGED, "openapi", field);
        } else {
            self.unclassified("openapi", field);
        }
    }

    fn info(&mut self, field: &Field<'d>) {
        for (key, field) in self.fields(field.before(), field.after()) {
            let rule = match key {
                "version" => rule::VERSION_CHANGED,
                _ => rule::DOCUMENTATION_CHANGED,
            };
            self.note_difference(rule, key, &field);
        }
    }

    fn paths(&mut self, field: &Field<'d>) {
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        for (path, field) in self.fields(field.before(), field.after()) {
            match field {
                field if !path.starts_with('/') => self.unclassified(path, &field),
                Twin::Both(..) => self.path(path, path, &field),
                Twin::Removed(before) => gone.push((path, before)),
                Twin::Added(after) => new.push((path, after)),
            }
        }
        // A path whose parameters are renamed is the same path.
        for field in twins(by_shape(gone), by_shape(new)).into_values() {
            match field {
                Twin::Both((old, before), (path, after)) => self.path(old, path, &Twin::Both(before, after)),
                Twin::Removed((path, before)) => self.path(path, path, &Twin::Removed(before)),
                Twin::Added((path, after)) => self.path(path, path, &Twin::Added(after)),
            }
        }
    }
}

/// Paths by what they are without the names of their parameters, and a number where that is not unique.
fn by_shape<'d>(paths: Vec<(&'d str, Place<'d>)>) -> BTreeMap<(String, usize), (&'d str, Place<'d>)> {
    let mut shaped = BTreeMap::new();
    for (path, place) in paths {
        let shape = shape(path);
        let number = (0..)
            .find(|number| !shaped.contains_key(&(shape.clone(), *number)))
            .unwrap_or_default();
        shaped.insert((shape, number), (path, place));
    }
    shaped
}

fn shape(path: &str) -> String {
    let mut inside = false;
    path.chars()
        .filter(|letter| {
            inside &= *letter != '}';
            let kept = !inside;
            inside |= *letter == '{';
            kept
        })
        .collect()
}
