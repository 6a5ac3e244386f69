//! The project's own keys on operations: `x-resilience`, `x-roles`, `x-paged`.

use super::comparer::{Comparer, Field, Turn, told};
use super::place::Place;
use super::rule;
use super::twin::{Twin, twins};

impl<'d> Comparer<'d> {
    /// Whether the key is one of ours, and then judged.
    pub(super) fn extension(&mut self, key: &str, field: &Field<'d>) -> bool {
        match key {
            "x-resilience" => self.resilience(field),
            "x-roles" => self.roles(field),
            "x-paged" => self.paged(field),
            _ => return false,
        }
        true
    }

    fn resilience(&mut self, field: &Field<'d>) {
        for (key, field) in self.fields(field.before(), field.after()) {
            match key {
                "idempotency" => self.idempotency(&field),
                "connectTimeoutMs" => self.policy(rule::TIMEOUT_CHANGED, key, "1000", &field),
                "attemptTimeoutMs" => self.policy(rule::TIMEOUT_CHANGED, key, "2000", &field),
                "overallTimeoutMs" => self.policy(rule::TIMEOUT_CHANGED, key, "5000", &field),
                "breakerGroup" => self.policy(rule::BREAKER_GROUP_CHANGED, key, "\"default\"", &field),
                "cost" => self.policy(rule::COST_CHANGED, key, "1", &field),
                "hedging" => self.hedging(&field),
                key => self.other(key, &field),
            }
        }
    }

    /// What is left out has its default, so writing the default down changes nothing.
    fn policy(&mut self, rule: rule::Rule, key: &str, default: &str, field: &Field<'d>) {
        let value = |place: Option<&Place<'d>>| place.map_or_else(|| default.to_owned(), Place::json);
        if value(field.before()) != value(field.after()) {
            self.report(rule, field.latest(), told(key, field));
        }
    }

    fn idempotency(&mut self, field: &Field<'d>) {
        let strength = |place: Option<&Place<'d>>| match place.map(|place| place.node.as_text()) {
            None | Some(Some("none")) => Some(0),
            Some(Some("key")) => Some(1),
            Some(Some("idempotent")) => Some(2),
            Some(_) => None,
        };
        match (strength(field.before()), strength(field.after())) {
            (Some(before), Some(after)) if after < before => {
                self.report(
                    rule::IDEMPOTENCY_WEAKENED,
                    field.latest(),
                    told("idempotency", field),
                );
            }
            (Some(before), Some(after)) if after > before => {
                self.report(
                    rule::IDEMPOTENCY_STRENGTHENED,
                    field.latest(),
                    told("idempotency", field),
                );
            }
            (Some(_), Some(_)) => {}
            _ => self.unclassified("idempotency", field),
        }
    }

    fn hedging(&mut self, field: &Field<'d>) {
        match self.turned("hedging", field.before(), field.after()) {
            Some(Turn::On(place)) => self.report(rule::HEDGING_ALLOWED, &place, "hedging is allowed now"),
            Some(Turn::Off(place)) => {
                self.report(rule::HEDGING_WITHDRAWN, &place, "hedging is no longer allowed");
            }
            None => {}
        }
    }

    fn paged(&mut self, field: &Field<'d>) {
        match self.turned("x-paged", field.before(), field.after()) {
            Some(Turn::On(place)) => self.report(rule::PAGING_ADDED, &place, "answers pages now"),
            Some(Turn::Off(place)) => self.report(rule::PAGING_REMOVED, &place, "no longer answers pages"),
            None => {}
        }
    }

    /// Without `x-roles` any token is enough.
    fn roles(&mut self, field: &Field<'d>) {
        let (before, after) = self.lists(field.before(), field.after());
        match field {
            Twin::Added(place) => {
                self.report(rule::ROLES_INTRODUCED, place, told("x-roles", field));
                return;
            }
            Twin::Removed(place) => {
                self.report(rule::ROLES_LIFTED, place, told("x-roles", field));
                return;
            }
            Twin::Both(..) => {}
        }
        let keyed = |places: Vec<Place<'d>>| places.into_iter().map(|place| (place.json(), place));
        for (role, field) in twins(keyed(before), keyed(after)) {
            match field {
                Twin::Removed(place) => {
                    self.report(rule::ROLE_REMOVED, &place, format!("role {role} removed"));
                }
                Twin::Added(place) => self.report(rule::ROLE_ADDED, &place, format!("role {role} added")),
                Twin::Both(..) => {}
            }
        }
    }
}
