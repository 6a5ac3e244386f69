//! What an operation may answer.

use super::comparer::{Comparer, Field, Turn};
use super::place::Place;
use super::rule;
use super::same::same_with_references;
use super::schema::Direction;
use super::twin::{Twin, paired_by};

impl<'d> Comparer<'d> {
    pub(super) fn responses(&mut self, field: &Field<'d>) {
        for (status, field) in self.fields(field.before(), field.after()) {
            let success = status.starts_with('2');
            match &field {
                _ if status.starts_with("x-") => self.other(status, &field),
                Twin::Removed(place) => {
                    let rule = if success {
                        rule::SUCCESS_STATUS_REMOVED
                    } else {
                        rule::STATUS_REMOVED
                    };
                    self.report(rule, place, format!("answer `{status}` removed"));
                }
                Twin::Added(place) => {
                    let rule = if success {
                        rule::SUCCESS_STATUS_ADDED
                    } else {
                        rule::STATUS_ADDED
                    };
                    self.report(rule, place, format!("answer `{status}` added"));
                }
                Twin::Both(before, after) => self.response(&before.resolved(), &after.resolved()),
            }
        }
    }

    fn response(&mut self, before: &Place<'d>, after: &Place<'d>) {
        for (key, field) in self.fields(Some(before), Some(after)) {
            match key {
                "headers" => self.headers(&field),
                "content" => self.content(Direction::Response, &field),
                "links" => self.links(&field),
                "x-is-answer" => self.answer_kind(&field),
                key => self.other(key, &field),
            }
        }
    }

    fn headers(&mut self, field: &Field<'d>) {
        let headers = self.fields(field.before(), field.after());
        for (name, field) in paired_by(headers, str::to_ascii_lowercase) {
            match field {
                Twin::Removed(place) => {
                    self.report(
                        rule::RESPONSE_HEADER_REMOVED,
                        &place,
                        format!("header `{name}` removed"),
                    );
                }
                Twin::Added(place) => {
                    self.report(
                        rule::RESPONSE_HEADER_ADDED,
                        &place,
                        format!("header `{name}` added"),
                    );
                }
                Twin::Both(before, after) => self.header(&before.resolved(), &after.resolved()),
            }
        }
    }

    fn header(&mut self, before: &Place<'d>, after: &Place<'d>) {
        match self.requirement(before, after) {
            Some(Turn::On(place)) => {
                self.report(
                    rule::RESPONSE_HEADER_BECAME_REQUIRED,
                    &place,
                    "header now promised",
                );
            }
            Some(Turn::Off(place)) => {
                self.report(
                    rule::RESPONSE_HEADER_BECAME_OPTIONAL,
                    &place,
                    "header no longer promised",
                );
            }
            None => {}
        }
        self.serialisation(before, after);
        for (key, field) in self.fields(Some(before), Some(after)) {
            match key {
                "required" | "style" | "explode" => {}
                "schema" => self.schema_later(Direction::Response, &field),
                "content" => self.content(Direction::Response, &field),
                "deprecated" => self.deprecation(&field),
                key => self.other(key, &field),
            }
        }
    }

    fn links(&mut self, field: &Field<'d>) {
        for (name, field) in self.fields(field.before(), field.after()) {
            let what = match &field {
                Twin::Both(before, after) if same_with_references(before, after) => continue,
                Twin::Both(..) => format!("link `{name}` changed"),
                Twin::Removed(_) => format!("link `{name}` removed"),
                Twin::Added(_) => format!("link `{name}` added"),
            };
            self.report(rule::LINK_CHANGED, field.latest(), what);
        }
    }

    fn answer_kind(&mut self, field: &Field<'d>) {
        if self
            .turned("x-is-answer", field.before(), field.after())
            .is_some()
        {
            self.note_difference(rule::ANSWER_KIND_CHANGED, "x-is-answer", field);
        }
    }
}
