//! The golden fixtures: one message for each type and major version.

use crate::tree::Tree;
use event_contracts::catalogue::{self, EventType};
use serde_json::Value;
use std::collections::BTreeMap;

const FOLDER: &str = "event-contracts/tests/fixtures";

pub(crate) struct Fixtures {
    by_name: BTreeMap<String, (String, Value)>,
}

impl Fixtures {
    /// Reads them, and misses none.
    pub(crate) fn read(tree: &Tree) -> Result<Self, String> {
        let mut by_name = BTreeMap::new();
        for event in catalogue::ALL {
            let name = name(event);
            let path = format!("{FOLDER}/{name}.json");
            let text = tree
                .read(&path)
                .ok_or_else(|| format!("{path} is missing: show a message"))?;
            let message = serde_json::from_str(&text).map_err(|cause| format!("{path}: {cause}"))?;
            by_name.insert(name, (text.trim_end().to_owned(), message));
        }
        Ok(Self { by_name })
    }

    pub(crate) fn messages(&self) -> impl Iterator<Item = &Value> {
        self.by_name.values().map(|(_, message)| message)
    }

    /// The message as it stands in the file.
    pub(crate) fn text(&self, event: &EventType) -> &str {
        self.by_name.get(&name(event)).map_or("", |(text, _)| text)
    }
}

fn name(event: &EventType) -> String {
    format!("{}.v{}", event.name, event.version.major)
}
