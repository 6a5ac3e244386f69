//! A comparison for people, and for programs.

use openapi_codegen::compare::{Change, Class, Comparison, Side};
use serde_json::{Value, json};

/// Every change with its place, rule and reason, then how many there are of each class.
pub(super) fn table(comparison: &Comparison) {
    for change in comparison.changes() {
        let rule = change.rule;
        println!(
            "{:<10}  {}:{}  {}",
            rule.class().name(),
            change.file,
            change.line,
            change.what
        );
        println!("            {}: {}", rule.name(), rule.reason());
        match concerned(change).as_str() {
            "" => println!("            at {}", change.pointer),
            operations => println!("            at {}, in {operations}", change.pointer),
        }
    }
    let [breaking, notes, compatible] =
        [Class::Breaking, Class::Note, Class::Compatible].map(|class| comparison.count(class));
    println!("summary: {breaking} breaking, {notes} to read, {compatible} compatible");
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
