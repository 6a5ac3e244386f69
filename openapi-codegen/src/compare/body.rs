//! Request bodies, and what a message may hold.

use super::comparer::{Comparer, Field, Turn};
use super::place::Place;
use super::rule;
use super::schema::Direction;
use super::twin::{Twin, paired_by};

impl<'d> Comparer<'d> {
    pub(super) fn request_body(&mut self, field: &Field<'d>) {
        match field {
            Twin::Removed(place) => self.report(rule::BODY_REMOVED, place, "request body removed"),
            Twin::Added(place) if place.resolved().is_true("required") => {
                self.report(rule::REQUIRED_BODY_ADDED, place, "required request body added");
            }
            Twin::Added(place) => {
                self.report(rule::OPTIONAL_BODY_ADDED, place, "optional request body added");
            }
            Twin::Both(before, after) => self.both_bodies(&before.resolved(), &after.resolved()),
        }
    }

    fn both_bodies(&mut self, before: &Place<'d>, after: &Place<'d>) {
        match self.requirement(before, after) {
            Some(Turn::On(place)) => {
                self.report(rule::BODY_BECAME_REQUIRED, &place, "request body now required");
            }
            Some(Turn::Off(place)) => {
                self.report(
                    rule::BODY_BECAME_OPTIONAL,
                    &place,
                    "request body no longer required",
                );
            }
            None => {}
        }
        for (key, field) in self.fields(Some(before), Some(after)) {
            match key {
                "required" => {}
                "content" => self.content(Direction::Request, &field),
                key => self.other(key, &field),
            }
        }
    }

    /// The media types of a message, with their schemas.
    pub(super) fn content(&mut self, direction: Direction, field: &Field<'d>) {
        let media_types = self.fields(field.before(), field.after());
        let (removed, added) = match direction {
            Direction::Request => (rule::REQUEST_MEDIA_TYPE_REMOVED, rule::REQUEST_MEDIA_TYPE_ADDED),
            Direction::Response => (rule::RESPONSE_MEDIA_TYPE_REMOVED, rule::RESPONSE_MEDIA_TYPE_ADDED),
        };
        for (name, field) in paired_by(media_types, normal) {
            match field {
                Twin::Removed(place) => self.report(removed, &place, format!("`{name}` removed")),
                Twin::Added(place) => self.report(added, &place, format!("`{name}` added")),
                Twin::Both(before, after) => self.media_type(direction, &before, &after),
            }
        }
    }

    fn media_type(&mut self, direction: Direction, before: &Place<'d>, after: &Place<'d>) {
        for (key, field) in self.fields(Some(before), Some(after)) {
            match key {
                "schema" => self.schema_later(direction, &field),
                key => self.other(key, &field),
            }
        }
    }
}

/// The same type may be written in several ways.
fn normal(media_type: &str) -> String {
    let parts = media_type.split(';').map(str::trim);
    parts.collect::<Vec<_>>().join(";").to_ascii_lowercase()
}
