//! What is exported says what the types do.

mod asyncapi;
mod page;
mod schemas;

use event_contracts::catalogue::EventType;
use serde_json::Value;
use std::path::Path;

/// A file of the repository.
fn committed(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    std::fs::read_to_string(file).unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

/// The fixture with every field.
fn full(event: &EventType) -> Value {
    message(event, "json")
}

/// The fixture with the required fields alone.
fn minimal(event: &EventType) -> Value {
    message(event, "minimal.json")
}

fn message(event: &EventType, ending: &str) -> Value {
    let path = format!(
        "event-contracts/tests/fixtures/{}.v{}.{ending}",
        event.name, event.version.major
    );
    serde_json::from_str(&committed(&path)).unwrap()
}
