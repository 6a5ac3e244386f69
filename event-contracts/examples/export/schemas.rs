//! The schemas, a file for each side of each version. A file of a version that was released is never edited.

use crate::File;
use crate::tree::Tree;
use event_contracts::Version;
use event_contracts::schema;
use serde_json::Value;

const FOLDER: &str = "event-contracts/schemas";

pub(crate) fn files() -> Vec<File> {
    let mut files = Vec::new();
    let envelope = [
        ("written", schema::written_envelope()),
        ("read", schema::read_envelope()),
    ];
    for (side, schema) in envelope {
        files.push(file("StandardMessage", schema::ENVELOPE_VERSION, side, &schema));
    }
    for contract in schema::ALL {
        let event = contract.event();
        for (side, schema) in [("written", contract.written()), ("read", contract.read())] {
            files.push(file(event.name, event.version, side, &schema));
        }
    }
    files
}

/// Where a schema is, in the repository.
pub(crate) fn path(name: &str, version: Version, side: &str) -> String {
    format!("{FOLDER}/{name}/{version}.{side}.json")
}

fn file(name: &str, version: Version, side: &str, schema: &Value) -> File {
    File {
        path: path(name, version, side),
        text: format!("{schema:#}\n"),
    }
}

/// Refuses files that would say something else about a version that is committed already.
pub(crate) fn none_edited(tree: &Tree, files: &[File]) -> Result<(), String> {
    let edited: Vec<&str> = files
        .iter()
        .filter(|file| {
            let committed = tree.read(&file.path);
            committed.is_some_and(|committed| demands(&committed) != demands(&file.text))
        })
        .map(|file| file.path.as_str())
        .collect();
    if edited.is_empty() {
        return Ok(());
    }
    Err(format!(
        "a contract that may have been released would be edited: {}; raise the event's `VERSION`, so that a file is \
         added, or pass `--force` if this version never left the repository",
        edited.join(", ")
    ))
}

/// Better documentation is not another contract.
fn demands(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().map(schema::without_words)
}
