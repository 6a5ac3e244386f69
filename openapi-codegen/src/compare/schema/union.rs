//! One of several schemas: `oneOf`, `anyOf`, and what tells them apart.

use super::super::comparer::{Comparer, Field, told};
use super::super::place::Place;
use super::super::rule;
use super::super::same::same_with_references;
use super::super::twin::Twin;
use super::Schemas;
use super::types::is_object;

impl<'d> Comparer<'d> {
    /// Whether one of them is a union and the other one is not: then that is judged as a union of one.
    pub(super) fn becomes_union(&mut self, schemas: &Schemas<'d>) -> bool {
        let (before, after) = (&schemas.before, &schemas.after);
        let (union, plain) = match (before.is_union(), after.is_union()) {
            (true, false) => (before, after),
            (false, true) => (after, before),
            _ => return false,
        };
        let is_one = ["oneOf", "anyOf"].iter().all(|key| plain.keyword(key).is_none());
        let list = |key| Some((key, union.keyword(key)?.items()));
        let (Some((key, members)), Some(plain), true) = (
            list("oneOf").or_else(|| list("anyOf")),
            plain.place().cloned(),
            is_one,
        ) else {
            return false;
        };
        let pairs = match before.is_union() {
            true => paired(members, vec![plain]),
            false => paired(vec![plain], members),
        };
        self.members(schemas, key, pairs);
        self.cover(Some(&schemas.at));
        if let Some(field) = schemas.keyword("discriminator") {
            self.discriminator(schemas, &field);
        }
        true
    }

    pub(super) fn unions(&mut self, schemas: &Schemas<'d>) {
        for key in ["oneOf", "anyOf"] {
            if let Some(field) = schemas.keyword(key) {
                self.union(schemas, key, &field);
            }
        }
        if let Some(field) = schemas.keyword("discriminator") {
            self.discriminator(schemas, &field);
        }
    }

    fn union(&mut self, schemas: &Schemas<'d>, key: &str, field: &Field<'d>) {
        match field {
            // Among several keywords a union is one more condition.
            Twin::Added(_) => self.tightened(schemas, key, field),
            Twin::Removed(_) => self.relaxed(schemas, key, field),
            Twin::Both(before, after) => {
                let (old, new) = self.lists(Some(before), Some(after));
                self.members(schemas, key, paired(old, new));
            }
        }
    }

    fn members(&mut self, schemas: &Schemas<'d>, key: &str, members: Vec<Field<'d>>) {
        for member in members {
            match &member {
                Twin::Removed(place) => {
                    let (request, response) = (
                        rule::REQUEST_UNION_MEMBER_REMOVED,
                        rule::RESPONSE_UNION_MEMBER_REMOVED,
                    );
                    let rule = schemas.direction.of(request, response);
                    self.report(rule, place, format!("{} removed from `{key}`", name(place)));
                }
                Twin::Added(place) => self.member_added(schemas, key, place),
                Twin::Both(..) => self.schema_later(schemas.direction, &member),
            }
        }
    }

    fn member_added(&mut self, schemas: &Schemas<'d>, key: &str, place: &Place<'d>) {
        let response = match key == "oneOf" && is_object(place) {
            true => rule::RESPONSE_UNION_MEMBER_ADDED,
            false => rule::RESPONSE_ALTERNATIVE_ADDED,
        };
        let rule = schemas.direction.of(rule::REQUEST_UNION_MEMBER_ADDED, response);
        self.report(rule, place, format!("{} added to `{key}`", name(place)));
    }

    fn discriminator(&mut self, schemas: &Schemas<'d>, field: &Field<'d>) {
        match field {
            Twin::Added(_) => self.report(
                rule::DISCRIMINATOR_ADDED,
                field.latest(),
                told("discriminator", field),
            ),
            Twin::Removed(_) => {
                self.report(
                    rule::DISCRIMINATOR_CHANGED,
                    field.latest(),
                    told("discriminator", field),
                );
            }
            Twin::Both(before, after) => {
                for (key, field) in self.fields(Some(before), Some(after)) {
                    match key {
                        "propertyName" => self.note_difference(rule::DISCRIMINATOR_CHANGED, key, &field),
                        "mapping" => self.mapping(schemas, &field),
                        key => self.other(key, &field),
                    }
                }
            }
        }
    }

    fn mapping(&mut self, schemas: &Schemas<'d>, field: &Field<'d>) {
        for (tag, field) in self.fields(field.before(), field.after()) {
            match &field {
                Twin::Removed(place) => {
                    let (request, response) = (
                        rule::REQUEST_UNION_MEMBER_REMOVED,
                        rule::RESPONSE_UNION_MEMBER_REMOVED,
                    );
                    let rule = schemas.direction.of(request, response);
                    self.report(rule, place, format!("tag `{tag}` removed"));
                }
                Twin::Added(place) => {
                    let (request, response) = (
                        rule::REQUEST_UNION_MEMBER_ADDED,
                        rule::RESPONSE_UNION_MEMBER_ADDED,
                    );
                    self.report(
                        schemas.direction.of(request, response),
                        place,
                        format!("tag `{tag}` added"),
                    );
                }
                Twin::Both(..) => self.note_difference(rule::DISCRIMINATOR_CHANGED, tag, &field),
            }
        }
    }
}

/// Members paired by name, then by what they say, then by their order.
fn paired<'d>(mut old: Vec<Place<'d>>, mut new: Vec<Place<'d>>) -> Vec<Field<'d>> {
    let mut pairs = pair_off(&mut old, &mut new, |one, other| {
        one.text("$ref").is_some() && one.text("$ref") == other.text("$ref")
    });
    pairs.extend(pair_off(&mut old, &mut new, same_with_references));
    // Where all have names, what is left is another member and not a changed one.
    if old.iter().chain(&new).any(|place| place.text("$ref").is_none()) {
        pairs.extend(pair_off(&mut old, &mut new, |_, _| true));
    }
    pairs.extend(old.into_iter().map(Twin::Removed));
    pairs.extend(new.into_iter().map(Twin::Added));
    pairs
}

/// Takes out of both lists what is alike.
fn pair_off<'d>(
    old: &mut Vec<Place<'d>>,
    new: &mut Vec<Place<'d>>,
    alike: impl Fn(&Place<'d>, &Place<'d>) -> bool,
) -> Vec<Field<'d>> {
    let mut pairs = Vec::new();
    old.retain(|one| {
        let found = new.iter().position(|other| alike(one, other));
        pairs.extend(found.map(|at| Twin::Both(one.clone(), new.remove(at))));
        found.is_none()
    });
    pairs
}

fn name(place: &Place<'_>) -> String {
    match place.text("$ref").and_then(|target| target.rsplit('/').next()) {
        Some(name) => format!("`{name}`"),
        None => "a schema without a name".to_owned(),
    }
}
