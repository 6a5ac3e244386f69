//! A comparison for people, and for programs.

use openapi_codegen::compare::{Change, Class, Comparison, Rule, Side};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many changes of one rule are printed, unless they are breaking.
const FEW: usize = 5;

/// Every change with its place, rule and reason, then how many there are of each class.
pub(super) fn table(comparison: &Comparison) -> String {
    let mut lines = Vec::new();
    let mut printed: BTreeMap<Rule, usize> = BTreeMap::new();
    for change in comparison.changes() {
        let rule = change.rule;
        let so_far = printed.entry(rule).or_default();
        *so_far += 1;
        if *so_far > FEW && !change.is_breaking() {
            continue;
        }
        lines.push(format!(
            "{:<10}  {}:{}  {}",
            rule.class().name(),
            change.file,
            change.line,
            change.what
        ));
        lines.push(format!("            {}: {}", rule.name(), rule.reason()));
        lines.push(match concerned(change).as_str() {
            "" => format!("            at {}", change.pointer),
            operations => format!("            at {}, in {operations}", change.pointer),
        });
    }
    for (rule, count) in printed {
        if count > FEW && rule.class() != Class::Breaking {
            lines.push(format!(
                "{:<10}  {} more of {}; `--json` has them all",
                rule.class().name(),
                count - FEW,
                rule.name()
            ));
        }
    }
    let [breaking, notes, compatible] =
        [Class::Breaking, Class::Note, Class::Compatible].map(|class| comparison.count(class));
    lines.push(format!(
        "summary: {breaking} breaking, {notes} to read, {compatible} compatible"
    ));
    lines.join("\n")
}

/// The operations that a change concerns, the first by name.
pub(super) fn concerned(change: &Change) -> String {
    let mut operations = change.operations.iter();
    match (operations.next(), operations.len()) {
        (None, _) => String::new(),
        (Some(first), 0) => first.clone(),
        (Some(first), more) => format!("{first} and {more} more"),
    }
}

/// One array of rows.
pub(super) fn rows(comparison: &Comparison) -> Value {
    let row = |change: &Change| {
        json!({
            "class": change.rule.class().name(),
            "rule": change.rule.name(),
            "reason": change.rule.reason(),
            "what": change.what,
            "document": match change.side {
                Side::Before => "before",
                Side::After => "after",
            },
            "file": change.file,
            "line": change.line,
            "pointer": change.pointer,
            "operations": change.operations,
        })
    };
    comparison.changes().iter().map(row).collect()
}
