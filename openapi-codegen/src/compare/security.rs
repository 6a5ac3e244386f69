//! Who may call an operation.

use std::collections::{BTreeMap, BTreeSet};

use super::comparer::Comparer;
use super::place::{Origin, Place};
use super::rule;
use super::twin::Twin;

/// The schemes that must be shown together, each with the scopes that it must have. Empty: nothing need be shown.
type Alternative<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

impl<'d> Comparer<'d> {
    pub(super) fn security(&mut self, before: &Place<'d>, after: &Place<'d>) {
        let effective = |operation: &Place<'d>, root: Place<'d>| {
            operation.child("security").or_else(|| root.child("security"))
        };
        let older = effective(before, self.before.root());
        let newer = effective(after, self.after.root());
        let (older_items, newer_items) = self.lists(older.as_ref(), newer.as_ref());
        let (old, new) = (alternatives(&older_items), alternatives(&newer_items));
        self.lost(&old, &new, newer.as_ref().unwrap_or(after));
        self.gained(&old, &new, newer.as_ref().unwrap_or(after));
        if old != new {
            self.cover(older.as_ref());
            self.cover(newer.as_ref());
        }
        let named = |all: &[Alternative<'d>]| all.iter().flat_map(BTreeMap::keys).copied().collect();
        let (old_names, new_names): (BTreeSet<&str>, BTreeSet<&str>) = (named(&old), named(&new));
        for name in new_names.union(&old_names) {
            self.scheme(name);
        }
    }

    /// What was enough is still enough when some alternative asks for no more.
    fn lost(&mut self, old: &[Alternative<'d>], new: &[Alternative<'d>], at: &Place<'d>) {
        for alternative in old {
            if new.iter().any(|one| asks_no_more(one, alternative)) {
                continue;
            }
            if alternative.is_empty() {
                self.report(
                    rule::SECURITY_ADDED,
                    at,
                    "calls without credentials are no longer allowed",
                );
            } else {
                let what = format!("{} alone is no longer enough", told(alternative));
                self.report(rule::SECURITY_ALTERNATIVE_REMOVED, at, what);
            }
        }
    }

    fn gained(&mut self, old: &[Alternative<'d>], new: &[Alternative<'d>], at: &Place<'d>) {
        for alternative in new {
            if old.iter().any(|one| asks_no_more(one, alternative)) {
                continue;
            }
            if alternative.is_empty() {
                self.report(
                    rule::SECURITY_LIFTED,
                    at,
                    "calls without credentials are allowed now",
                );
            } else {
                let what = format!("{} is enough now", told(alternative));
                self.report(rule::SECURITY_ALTERNATIVE_ADDED, at, what);
            }
        }
    }

    fn scheme(&mut self, name: &str) {
        let of = |origin: &'d Origin<'d>| {
            let schemes = origin.root().child("components")?.child("securitySchemes")?;
            let scheme = origin.at(&schemes.child(name)?.pointer)?;
            Some(scheme.resolved())
        };
        let (Some(before), Some(after)) = (of(self.before), of(self.after)) else {
            return;
        };
        for (key, field) in self.fields(Some(&before), Some(&after)) {
            match key {
                "type" | "scheme" | "in" | "name" => {
                    if key == "scheme" && same_word(&field) {
                        continue;
                    }
                    self.note_difference(rule::SECURITY_SCHEME_CHANGED, key, &field);
                }
                "bearerFormat" => self.note_difference(rule::DOCUMENTATION_CHANGED, key, &field),
                key => self.other(key, &field),
            }
        }
    }
}

/// No list, and an empty one, ask for nothing.
fn alternatives<'d>(items: &[Place<'d>]) -> Vec<Alternative<'d>> {
    if items.is_empty() {
        return vec![Alternative::new()];
    }
    items.iter().map(alternative).collect()
}

fn alternative<'d>(item: &Place<'d>) -> Alternative<'d> {
    let scopes = |place: &Place<'d>| {
        place
            .node
            .items()
            .iter()
            .filter_map(|scope| scope.as_text())
            .collect()
    };
    item.entries()
        .map(|(scheme, place)| (scheme, scopes(&place)))
        .collect()
}

fn asks_no_more(one: &Alternative<'_>, than: &Alternative<'_>) -> bool {
    one.iter()
        .all(|(scheme, scopes)| than.get(scheme).is_some_and(|shown| scopes.is_subset(shown)))
}

fn told(alternative: &Alternative<'_>) -> String {
    let scheme = |(scheme, scopes): (&&str, &BTreeSet<&str>)| match scopes.is_empty() {
        true => format!("`{scheme}`"),
        false => {
            let scopes: Vec<&str> = scopes.iter().copied().collect();
            format!("`{scheme}` with {}", scopes.join(", "))
        }
    };
    alternative.iter().map(scheme).collect::<Vec<_>>().join(" and ")
}

/// Names of HTTP schemes have no case.
fn same_word(field: &super::comparer::Field<'_>) -> bool {
    match field {
        Twin::Both(before, after) => match (before.node.as_text(), after.node.as_text()) {
            (Some(before), Some(after)) => before.eq_ignore_ascii_case(after),
            _ => false,
        },
        _ => false,
    }
}
