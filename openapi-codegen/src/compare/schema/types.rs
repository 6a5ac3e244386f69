//! What kind of value it is: `type`, and null by any of its three spellings.

use std::collections::BTreeSet;

use super::super::comparer::Comparer;
use super::super::place::Place;
use super::super::rule;
use super::{Flat, Schemas};
use crate::document::{Data, Node};

/// The types that a schema names; `None` when it allows all.
type Types<'d> = Option<BTreeSet<&'d str>>;

impl<'d> Comparer<'d> {
    pub(super) fn types(&mut self, schemas: &Schemas<'d>) {
        if let Some(field) = schemas.keyword("nullable") {
            if knows_nullable(field.latest()) {
                // What it means is judged together with the types; here only that it is a switch.
                if self.turned("nullable", field.before(), field.after()).is_some() {
                    self.cover(Some(field.latest()));
                }
            } else {
                self.unclassified("nullable", &field);
            }
        }
        let (Ok(before), Ok(after)) = (types(&schemas.before), types(&schemas.after)) else {
            if let Some(field) = schemas.keyword("type") {
                self.unclassified("type", &field);
            }
            return;
        };
        let at = schemas
            .keyword("type")
            .map_or_else(|| schemas.at.clone(), |field| field.latest().clone());
        // "Or null" is said where the schema is used, not where it is defined.
        let says_or_null = schemas.before.or_null || schemas.after.or_null;
        self.null(schemas, if says_or_null { &schemas.at } else { &at });
        let lost = uncovered(&before, &after);
        let gained = uncovered(&after, &before);
        let rule = match (lost, gained) {
            (false, false) => return,
            (true, false) => schemas
                .direction
                .of(rule::REQUEST_TYPE_NARROWED, rule::RESPONSE_TYPE_NARROWED),
            (false, true) => schemas
                .direction
                .of(rule::REQUEST_TYPE_WIDENED, rule::RESPONSE_TYPE_WIDENED),
            (true, true) => rule::TYPE_CHANGED,
        };
        self.report(
            rule,
            &at,
            format!("type is {}, was {}", told(&after), told(&before)),
        );
    }

    fn null(&mut self, schemas: &Schemas<'d>, at: &Place<'d>) {
        match (may_be_null(&schemas.before), may_be_null(&schemas.after)) {
            (Some(false), Some(true)) => {
                let rule = schemas
                    .direction
                    .of(rule::REQUEST_NULL_ALLOWED, rule::RESPONSE_NULL_ADDED);
                self.report(rule, at, "may be null now");
            }
            (Some(true), Some(false)) => {
                let rule = schemas
                    .direction
                    .of(rule::REQUEST_NULL_REFUSED, rule::RESPONSE_NULL_REMOVED);
                self.report(rule, at, "may no longer be null");
            }
            _ => {}
        }
    }
}

/// `Err` when `type` is neither a name nor a list of names.
fn types<'d>(flat: &Flat<'d>) -> Result<Types<'d>, ()> {
    let Some(place) = flat.keyword("type") else {
        return Ok(None);
    };
    let types = match &place.node.data {
        Data::Text(name) => BTreeSet::from([name.as_str()]),
        Data::List(names) => names
            .iter()
            .map(|name| name.as_text().ok_or(()))
            .collect::<Result<_, _>>()?,
        _ => return Err(()),
    };
    Ok(Some(types))
}

/// OpenAPI 3.0 says `nullable` where 3.1 has a type, and to 3.1 it is no keyword.
fn knows_nullable(place: &Place<'_>) -> bool {
    let version = place.origin.document.root().get("openapi");
    version
        .and_then(Node::as_text)
        .is_some_and(|version| version.starts_with("3.0"))
}

/// Whether null is allowed; `None` where the schema says nothing of what kind the value is.
fn may_be_null(flat: &Flat<'_>) -> Option<bool> {
    if flat.or_null || (flat.is_true("nullable") && flat.place().is_some_and(knows_nullable)) {
        return Some(true);
    }
    match types(flat) {
        Ok(Some(types)) => Some(types.contains("null")),
        _ => {
            let says_kind = ["enum", "const", "oneOf", "anyOf"]
                .iter()
                .any(|key| flat.keyword(key).is_some());
            (says_kind || !flat.properties.is_empty()).then_some(false)
        }
    }
}

/// Whether some type of `these`, null left out, is not among `those`.
fn uncovered(these: &Types<'_>, those: &Types<'_>) -> bool {
    match (these, those) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(these), Some(those)) => {
            let is_covered =
                |name: &&str| those.contains(name) || (*name == "integer" && those.contains("number"));
            // Null is judged by itself: `nullable`, as OpenAPI 3.0 wrote it, is no type.
            these.iter().any(|name| *name != "null" && !is_covered(name))
        }
    }
}

fn told(types: &Types<'_>) -> String {
    match types {
        None => "any".to_owned(),
        Some(types) => types.iter().copied().collect::<Vec<_>>().join(" or "),
    }
}

/// Whether all values of the schema are objects.
pub(super) fn is_object(place: &Place<'_>) -> bool {
    matches!(types(&Flat::new(place)), Ok(Some(types)) if types.len() == 1 && types.contains("object"))
}
