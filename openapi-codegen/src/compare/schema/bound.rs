//! How small and how large: numbers, lengths, counts.

use std::cmp::Ordering;

use super::super::comparer::{Comparer, Field, told};
use super::super::place::Place;
use super::super::rule;
use super::super::same::same;
use super::super::twin::Twin;
use super::{Flat, Schemas};
use crate::document::Data;

/// One end of a range: the keyword that includes the end, the one that does not, and the value that rules nothing out.
struct End {
    inclusive: &'static str,
    exclusive: Option<&'static str>,
    /// 1 when a higher number rules out more, -1 when a lower one does.
    sign: f64,
    idle: Option<f64>,
}

const fn lower(inclusive: &'static str, exclusive: Option<&'static str>, idle: Option<f64>) -> End {
    End {
        inclusive,
        exclusive,
        sign: 1.0,
        idle,
    }
}

const fn upper(inclusive: &'static str, exclusive: Option<&'static str>) -> End {
    End {
        inclusive,
        exclusive,
        sign: -1.0,
        idle: None,
    }
}

const ENDS: &[End] = &[
    lower("minimum", Some("exclusiveMinimum"), None),
    upper("maximum", Some("exclusiveMaximum")),
    lower("minLength", None, Some(0.0)),
    upper("maxLength", None),
    lower("minItems", None, Some(0.0)),
    upper("maxItems", None),
    lower("minProperties", None, Some(0.0)),
    upper("maxProperties", None),
];

/// What an end rules out, so that a larger one rules out more.
type Reach = Option<(f64, bool)>;

impl<'d> Comparer<'d> {
    pub(super) fn bounds(&mut self, schemas: &Schemas<'d>) {
        for end in ENDS {
            let keys = [Some(end.inclusive), end.exclusive].into_iter().flatten();
            let changed: Vec<(&str, Field<'d>)> = keys
                .filter_map(|key| Some((key, schemas.keyword(key)?)))
                .filter(|(_, field)| !matches!(field, Twin::Both(one, other) if same(one.node, other.node)))
                .collect();
            let Some((key, field)) = changed.first() else {
                continue;
            };
            if let [_, (_, other)] = changed.as_slice() {
                self.cover(Some(other.latest()));
            }
            match (end.reach(&schemas.before), end.reach(&schemas.after)) {
                (Ok(before), Ok(after)) => match order(before, after) {
                    Some(Ordering::Less) => self.tightened(schemas, key, field),
                    Some(Ordering::Greater) => self.relaxed(schemas, key, field),
                    // As of `minLength: 0`, or of two large integers that are one double.
                    Some(Ordering::Equal) if is_exact(field) => {}
                    _ => self.unclassified(key, field),
                },
                _ => self.unclassified(key, field),
            }
        }
    }

    pub(super) fn tightened(&mut self, schemas: &Schemas<'d>, key: &str, field: &Field<'d>) {
        let (request, response) = (
            rule::REQUEST_CONSTRAINT_TIGHTENED,
            rule::RESPONSE_CONSTRAINT_TIGHTENED,
        );
        self.report(
            schemas.direction.of(request, response),
            field.latest(),
            told(key, field),
        );
    }

    pub(super) fn relaxed(&mut self, schemas: &Schemas<'d>, key: &str, field: &Field<'d>) {
        let (request, response) = (
            rule::REQUEST_CONSTRAINT_RELAXED,
            rule::RESPONSE_CONSTRAINT_RELAXED,
        );
        self.report(
            schemas.direction.of(request, response),
            field.latest(),
            told(key, field),
        );
    }
}

impl End {
    /// `Err` when a bound is no number.
    fn reach(&self, flat: &Flat<'_>) -> Result<Reach, ()> {
        let number = |key: &str| match flat.keyword(key) {
            None => Ok(None),
            Some(place) => number(place).map(|number| Some(number * self.sign)).ok_or(()),
        };
        let inclusive = number(self.inclusive)?.filter(|number| self.idle != Some(*number));
        let exclusive = self.exclusive.map_or(Ok(None), number)?;
        let ends = [
            inclusive.map(|end| (end, false)),
            exclusive.map(|end| (end, true)),
        ];
        Ok(ends
            .into_iter()
            .flatten()
            .max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))))
    }
}

fn order(before: Reach, after: Reach) -> Option<Ordering> {
    match (before, after) {
        (Some(before), Some(after)) => before.partial_cmp(&after),
        (before, after) => Some(before.is_some().cmp(&after.is_some())),
    }
}

pub(super) fn number(place: &Place<'_>) -> Option<f64> {
    match place.node.data {
        Data::Integer(whole) => Some(whole as f64),
        Data::Float(float) => Some(float).filter(|float| !float.is_nan()),
        _ => None,
    }
}

/// Whether the numbers are small enough that equal doubles are equal numbers.
fn is_exact(field: &Field<'_>) -> bool {
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    let exact = |place: Option<&Place<'_>>| {
        place.is_none_or(|place| number(place).is_some_and(|number| number.abs() < LARGEST))
    };
    exact(field.before()) && exact(field.after())
}
