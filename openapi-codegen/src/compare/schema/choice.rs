//! Values by name: `enum` and `const`.

use std::collections::BTreeMap;

use super::super::comparer::{Comparer, told};
use super::super::place::Place;
use super::super::rule;
use super::super::twin::{Twin, twins};
use super::{Direction, Flat, Schemas};
use crate::document::Data;

impl<'d> Comparer<'d> {
    pub(super) fn choices(&mut self, schemas: &Schemas<'d>) {
        let key = if schemas.keyword("enum").is_some() {
            "enum"
        } else {
            "const"
        };
        let Some(field) = schemas.keyword(key).or_else(|| schemas.keyword("const")) else {
            return;
        };
        let (before, after) = match (values(&schemas.before), values(&schemas.after)) {
            (Some(before), Some(after)) => (before, after),
            // A list of values where there was none rules out all others.
            (None, Some(_)) => return self.tightened(schemas, key, &field),
            (Some(before), None) => {
                let is_open = before.values().all(is_text);
                if schemas.direction == Direction::Response && is_open {
                    self.report(rule::RESPONSE_ENUM_VALUE_ADDED, field.latest(), told(key, &field));
                    return;
                }
                return self.relaxed(schemas, key, &field);
            }
            (None, None) => return self.unclassified(key, &field),
        };
        for (value, field) in twins(before, after) {
            match field {
                Twin::Removed(place) => {
                    let (request, response) = (
                        rule::REQUEST_ENUM_VALUE_REMOVED,
                        rule::RESPONSE_ENUM_VALUE_REMOVED,
                    );
                    let rule = schemas.direction.of(request, response);
                    self.report(rule, &place, format!("value `{value}` removed"));
                }
                Twin::Added(place) => {
                    let response = match is_text(&place) {
                        true => rule::RESPONSE_ENUM_VALUE_ADDED,
                        false => rule::RESPONSE_CLOSED_ENUM_VALUE_ADDED,
                    };
                    let rule = schemas.direction.of(rule::REQUEST_ENUM_VALUE_ADDED, response);
                    self.report(rule, &place, format!("value `{value}` added"));
                }
                Twin::Both(..) => {}
            }
        }
    }
}

/// The values that a schema lists, by what they say; `None` when it lists none.
fn values<'d>(flat: &Flat<'d>) -> Option<BTreeMap<String, Place<'d>>> {
    let places = match flat.keyword("const") {
        Some(value) => vec![value.clone()],
        None => flat
            .keyword("enum")
            .filter(|place| matches!(place.node.data, Data::List(_)))?
            .items(),
    };
    Some(places.into_iter().map(|place| (place.json(), place)).collect())
}

fn is_text(place: &Place<'_>) -> bool {
    place.node.as_text().is_some()
}
