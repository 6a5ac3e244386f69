//! The properties of an object, and whether it may have others.

use std::collections::BTreeMap;

use super::super::comparer::{Comparer, Field, told};
use super::super::place::Place;
use super::super::rule;
use super::super::twin::{Twin, twins};
use super::{Direction, Flat, Schemas};
use crate::document::Data;

/// A property as one direction has it.
struct Property<'d> {
    /// What it is; `None` when it is required without being described.
    schema: Option<Place<'d>>,
    /// What requires it.
    required: Option<Place<'d>>,
}

/// What an object may hold beside its properties.
enum Rest<'d> {
    Open,
    Closed(Place<'d>),
    Typed(Place<'d>),
}

impl<'d> Comparer<'d> {
    pub(super) fn properties(&mut self, schemas: &Schemas<'d>) {
        let Schemas {
            direction,
            before,
            after,
            ..
        } = schemas;
        for (name, field) in twins(properties(before, *direction), properties(after, *direction)) {
            let required = |property: Option<&Property<'d>>| property.and_then(|one| one.required.clone());
            let (was, is) = (required(field.before()), required(field.after()));
            if was.is_some() != is.is_some() {
                self.cover(was.as_ref().or(is.as_ref()));
            }
            match field {
                Twin::Removed(property) => self.property_removed(schemas, name, &property),
                Twin::Added(property) => self.property_added(schemas, name, &property),
                Twin::Both(old, new) => self.property(schemas, name, old, new),
            }
        }
        self.rest(schemas);
    }

    fn property_removed(&mut self, schemas: &Schemas<'d>, name: &str, property: &Property<'d>) {
        let rule = match (schemas.direction, rest(&schemas.after)) {
            (Direction::Response, _) => rule::RESPONSE_PROPERTY_REMOVED,
            (Direction::Request, Rest::Closed(_)) => rule::REQUEST_PROPERTY_REFUSED,
            (Direction::Request, _) => rule::REQUEST_PROPERTY_IGNORED,
        };
        self.report(
            rule,
            property.place(schemas),
            format!("property `{name}` removed"),
        );
    }

    fn property_added(&mut self, schemas: &Schemas<'d>, name: &str, property: &Property<'d>) {
        let rule = match (schemas.direction, rest(&schemas.before)) {
            (Direction::Request, _) if property.required.is_some() => rule::REQUIRED_REQUEST_PROPERTY_ADDED,
            (Direction::Request, _) => rule::OPTIONAL_REQUEST_PROPERTY_ADDED,
            (Direction::Response, Rest::Closed(_)) => rule::RESPONSE_PROPERTY_ADDED_TO_CLOSED_OBJECT,
            (Direction::Response, _) => rule::RESPONSE_PROPERTY_ADDED,
        };
        self.report(rule, property.place(schemas), format!("property `{name}` added"));
    }

    fn property(&mut self, schemas: &Schemas<'d>, name: &str, old: Property<'d>, new: Property<'d>) {
        let direction = schemas.direction;
        match (&old.required, &new.required) {
            (None, Some(place)) => {
                let (request, response) = (
                    rule::REQUEST_PROPERTY_BECAME_REQUIRED,
                    rule::RESPONSE_PROPERTY_BECAME_REQUIRED,
                );
                let what = format!("property `{name}` is now required");
                self.report(direction.of(request, response), place, what);
            }
            (Some(_), None) => {
                let (request, response) = (
                    rule::REQUEST_PROPERTY_BECAME_OPTIONAL,
                    rule::RESPONSE_PROPERTY_BECAME_OPTIONAL,
                );
                let what = format!("property `{name}` is no longer required");
                self.report(direction.of(request, response), new.place(schemas), what);
            }
            _ => {}
        }
        if let Some(field) = Twin::of(old.schema, new.schema) {
            self.schema_later(direction, &field);
        }
    }

    fn rest(&mut self, schemas: &Schemas<'d>) {
        let direction = schemas.direction;
        let Some(field) = schemas.keyword("additionalProperties") else {
            return;
        };
        let what = told("additionalProperties", &field);
        match (rest(&schemas.before), rest(&schemas.after)) {
            (Rest::Closed(_), Rest::Closed(_)) | (Rest::Open, Rest::Open) => {}
            (_, Rest::Closed(place)) => {
                let rule = direction.of(rule::REQUEST_OBJECT_CLOSED, rule::RESPONSE_OBJECT_CLOSED);
                self.report(rule, &place, what);
            }
            (Rest::Closed(_), Rest::Open | Rest::Typed(_)) => {
                let rule = direction.of(rule::REQUEST_OBJECT_OPENED, rule::RESPONSE_OBJECT_OPENED);
                self.report(rule, field.latest(), what);
            }
            (before, after) => {
                let field: Option<Field<'d>> = Twin::of(before.schema(), after.schema());
                if let Some(field) = field {
                    self.schema_later(direction, &field);
                }
            }
        }
    }
}

impl<'d> Property<'d> {
    fn place<'a>(&'a self, schemas: &'a Schemas<'d>) -> &'a Place<'d> {
        self.schema
            .as_ref()
            .or(self.required.as_ref())
            .unwrap_or(&schemas.at)
    }
}

impl<'d> Rest<'d> {
    fn schema(self) -> Option<Place<'d>> {
        match self {
            Self::Typed(place) => Some(place),
            Self::Open | Self::Closed(_) => None,
        }
    }
}

fn rest<'d>(flat: &Flat<'d>) -> Rest<'d> {
    match flat.keyword("additionalProperties") {
        None => Rest::Open,
        Some(place) => match place.node.data {
            Data::Bool(true) => Rest::Open,
            Data::Bool(false) => Rest::Closed(place.clone()),
            _ => Rest::Typed(place.clone()),
        },
    }
}

/// The properties that travel in this direction: what is read only is in no request, what is write only in no answer.
fn properties<'d>(flat: &Flat<'d>, direction: Direction) -> BTreeMap<&'d str, Property<'d>> {
    let absent = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    let names = flat.properties.keys().chain(flat.required.keys());
    let property = |name: &&'d str| {
        let schema = flat.properties.get(name).cloned();
        let travels = schema
            .as_ref()
            .is_none_or(|schema| !Flat::new(schema).is_true(absent));
        let required = flat.required.get(name).cloned();
        travels.then_some((*name, Property { schema, required }))
    };
    names.filter_map(property).collect()
}
