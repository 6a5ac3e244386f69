//! What else a value must be: `format`, `pattern`, `multipleOf`, `uniqueItems`.

use super::super::comparer::{Comparer, Field, Turn, told};
use super::super::place::Place;
use super::super::rule;
use super::super::same::same;
use super::super::twin::Twin;
use super::Schemas;
use super::bound::number;

/// How a constraint differs from the one before.
enum Shift {
    None,
    Tightened,
    Relaxed,
    Changed,
}

impl<'d> Comparer<'d> {
    pub(super) fn constraints(&mut self, schemas: &Schemas<'d>) {
        for key in ["format", "pattern", "multipleOf"] {
            let Some(field) = schemas.keyword(key) else {
                continue;
            };
            let shift = match &field {
                Twin::Added(_) => Shift::Tightened,
                Twin::Removed(_) => Shift::Relaxed,
                Twin::Both(before, after) if same(before.node, after.node) => Shift::None,
                Twin::Both(before, after) => match key {
                    "format" => format(before, after),
                    "multipleOf" => multiple(before, after),
                    // Whether one pattern holds another cannot be told.
                    _ => Shift::Changed,
                },
            };
            self.shift(schemas, key, &field, &shift);
        }
        if let Some(field) = schemas.keyword("uniqueItems") {
            let shift = match self.turned("uniqueItems", field.before(), field.after()) {
                Some(Turn::On(_)) => Shift::Tightened,
                Some(Turn::Off(_)) => Shift::Relaxed,
                None => Shift::None,
            };
            self.shift(schemas, "uniqueItems", &field, &shift);
        }
    }

    fn shift(&mut self, schemas: &Schemas<'d>, key: &str, field: &Field<'d>, shift: &Shift) {
        match shift {
            Shift::None => {}
            Shift::Tightened => self.tightened(schemas, key, field),
            Shift::Relaxed => self.relaxed(schemas, key, field),
            Shift::Changed => self.report(rule::CONSTRAINT_CHANGED, field.latest(), told(key, field)),
        }
    }
}

/// Two formats of numbers hold one another; of all others nothing is known.
fn format(before: &Place<'_>, after: &Place<'_>) -> Shift {
    match (before.node.as_text(), after.node.as_text()) {
        (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => Shift::Relaxed,
        (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => Shift::Tightened,
        _ => Shift::Changed,
    }
}

fn multiple(before: &Place<'_>, after: &Place<'_>) -> Shift {
    match (number(before), number(after)) {
        (Some(before), Some(after)) if after % before == 0.0 => Shift::Tightened,
        (Some(before), Some(after)) if before % after == 0.0 => Shift::Relaxed,
        _ => Shift::Changed,
    }
}
