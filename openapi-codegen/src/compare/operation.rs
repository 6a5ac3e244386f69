//! Paths and their operations.

use super::comparer::{Comparer, Field};
use super::parameter::Inherited;
use super::place::Place;
use super::rule;
use super::twin::{Twin, twins};

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl<'d> Comparer<'d> {
    /// One path, which may have had other names for its parameters.
    pub(super) fn path(&mut self, old: &'d str, path: &'d str, field: &Field<'d>) {
        let before = field.before().map(Place::resolved);
        let after = field.after().map(Place::resolved);
        for (key, field) in self.fields(before.as_ref(), after.as_ref()) {
            if METHODS.contains(&key) {
                self.operation = Some(format!("{} {path}", key.to_uppercase()));
                match &field {
                    Twin::Removed(place) => self.report(rule::OPERATION_REMOVED, place, "operation removed"),
                    Twin::Added(place) => self.report(rule::OPERATION_ADDED, place, "operation added"),
                    Twin::Both(before_operation, after_operation) => {
                        let inherited = Inherited::new((old, before.as_ref()), (path, after.as_ref()));
                        self.operation(&inherited, before_operation, after_operation);
                    }
                }
                self.schemas();
                self.operation = None;
            } else if !matches!(key, "parameters" | "servers") {
                self.other(key, &field);
            }
        }
    }

    fn operation(&mut self, inherited: &Inherited<'d>, before: &Place<'d>, after: &Place<'d>) {
        for (key, field) in self.fields(Some(before), Some(after)) {
            match key {
                "operationId" => self.note_difference(rule::OPERATION_ID_CHANGED, key, &field),
                "tags" => self.tags(&field),
                "deprecated" => self.deprecation(&field),
                "requestBody" => self.request_body(&field),
                "responses" => self.responses(&field),
                // What may be inherited is judged below, where the operation has none of its own too.
                "parameters" | "security" | "servers" => {}
                key if self.extension(key, &field) => {}
                key => self.other(key, &field),
            }
        }
        self.parameters(inherited, before, after);
        self.security(before, after);
        self.servers(inherited, before, after);
    }

    fn tags(&mut self, field: &Field<'d>) {
        let (before, after) = self.lists(field.before(), field.after());
        let texts = |places: Vec<Place<'d>>| {
            let text = |place: Place<'d>| Some((place.node.as_text()?, place));
            places.into_iter().filter_map(text).collect::<Vec<_>>()
        };
        for (tag, field) in twins(texts(before), texts(after)) {
            match field {
                Twin::Removed(place) => {
                    self.report(rule::TAGS_CHANGED, &place, format!("tag `{tag}` removed"));
                }
                Twin::Added(place) => self.report(rule::TAGS_CHANGED, &place, format!("tag `{tag}` added")),
                Twin::Both(..) => {}
            }
        }
    }
}
