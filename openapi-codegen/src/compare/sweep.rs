//! The last look: what differs in the text, and no rule has spoken of, is told all the same.

use super::comparer::{Comparer, Field};
use super::place::Place;
use super::rule::{self, Rule};
use super::same::same;
use super::twin::Twin;
use crate::document::Data;

impl<'d> Comparer<'d> {
    pub(super) fn sweep(&mut self) {
        let (before, after) = (self.before.root(), self.after.root());
        self.components(
            before.child("components").as_ref(),
            after.child("components").as_ref(),
        );
        for (key, field) in self.fields(Some(&before), Some(&after)) {
            if key != "components" {
                self.remainder(rule::WRITTEN_DIFFERENTLY, field);
            }
        }
    }

    fn components(&mut self, before: Option<&Place<'d>>, after: Option<&Place<'d>>) {
        for (section, field) in self.fields(before, after) {
            for (name, field) in self.fields(field.before(), field.after()) {
                match field {
                    Twin::Removed(place) => {
                        self.report(
                            rule::COMPONENT_REMOVED,
                            &place,
                            format!("`{name}` removed from {section}"),
                        );
                    }
                    Twin::Added(place) => {
                        self.report(
                            rule::COMPONENT_ADDED,
                            &place,
                            format!("`{name}` added to {section}"),
                        );
                    }
                    field => {
                        let rule = self.of_component(section, &field);
                        self.remainder(rule, field);
                    }
                }
            }
        }
    }

    fn of_component(&self, section: &str, field: &Field<'d>) -> Rule {
        let pointer = &field.latest().pointer;
        if self.before.has_reached(pointer) || self.after.has_reached(pointer) {
            rule::WRITTEN_DIFFERENTLY
        } else if section == "examples" {
            rule::DOCUMENTATION_CHANGED
        } else {
            rule::UNUSED_COMPONENT_CHANGED
        }
    }

    /// The smallest differences of which nothing is said yet.
    fn remainder(&mut self, rule: Rule, field: Field<'d>) {
        let mut pending = vec![field];
        while let Some(field) = pending.pop() {
            let within = match &field {
                Twin::Both(before, after) if same(before.node, after.node) => continue,
                Twin::Both(before, after) => match (&before.node.data, &after.node.data) {
                    // What was written out and is referred to now is one difference, not one for each of its keys.
                    (Data::Map(_), Data::Map(_))
                        if before.child("$ref").is_some() != after.child("$ref").is_some() =>
                    {
                        Vec::new()
                    }
                    (Data::Map(_), Data::Map(_)) => {
                        self.fields(Some(before), Some(after)).into_values().collect()
                    }
                    (Data::List(old), Data::List(new)) if old.len() == new.len() => {
                        let pairs = before.items().into_iter().zip(after.items());
                        pairs.map(|(before, after)| Twin::Both(before, after)).collect()
                    }
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
            if within.is_empty() && !self.has_said(&field.latest().pointer) {
                self.report(rule, field.latest(), "the text differs");
            }
            pending.extend(within);
        }
    }
}
