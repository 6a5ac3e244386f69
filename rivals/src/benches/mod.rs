//! The comparisons, one module for each crate of ours.

mod event_contracts;
mod event_messaging;
mod product_types;
mod resilience;

use crate::harness::{Effort, Row};

type Bench = fn(Effort) -> Vec<Row>;

/// Each crate by its folder.
const BENCHES: &[(&str, Bench)] = &[
    ("event-contracts", event_contracts::run),
    ("event-messaging", event_messaging::run),
    ("product-types", product_types::run),
    ("resilience", resilience::run),
];

/// Runs the benches of one crate, or of all.
///
/// # Errors
///
/// A sentence that lists the known names.
pub(crate) fn run(name: Option<&str>, effort: Effort) -> Result<Vec<Row>, String> {
    let chosen: Vec<_> = BENCHES
        .iter()
        .filter(|(folder, _)| name.is_none_or(|name| name == *folder))
        .collect();
    if let (Some(name), true) = (name, chosen.is_empty()) {
        let known: Vec<_> = BENCHES.iter().map(|(folder, _)| *folder).collect();
        return Err(format!(
            "there are no benches called {name}; there are: {}, scenarios",
            known.join(", ")
        ));
    }
    Ok(chosen.into_iter().flat_map(|(_, bench)| bench(effort)).collect())
}
