//! Checks the histories of contracts in a folder: `compatibility [--json] [--mode full-transitive] FOLDER`.
//!
//! Ends with 1 when two versions are not compatible, and with 2 when that cannot be told.

use event_contracts::compat::{Finding, History, Mode, check, histories};
use event_contracts::{Version, catalogue};
use serde_json::{Value, json};
use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            let cause = error
                .source()
                .map_or_else(String::new, |cause| format!(": {cause}"));
            eprintln!("error: {error}{cause}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Box<dyn Error>> {
    let (mut json, mut mode, mut folder) = (false, Mode::FullTransitive, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => json = true,
            "--mode" => mode = arguments.next().ok_or("--mode needs a name")?.parse()?,
            _ => folder = Some(argument),
        }
    }
    let folder = folder.ok_or("which folder?")?;
    let report = check(&folder, mode)?;
    let misnumbered: Vec<_> = histories(&folder)?.iter().flat_map(misnumbered).collect();
    let unversioned = unversioned_routing_keys();
    if json {
        let rows = report
            .findings()
            .iter()
            .map(row)
            .chain(misnumbered.iter().map(version_row))
            .chain(unversioned.iter().map(key_row));
        println!("{}", rows.collect::<Value>());
    } else {
        println!("{report}");
        for (event, version, why) in &misnumbered {
            println!("\n{event}: version {version} is committed, and {why}");
        }
        for (event, key) in &unversioned {
            println!("\n{event}: the routing key {key} does not end in the major version");
        }
    }
    Ok(report.is_compatible() && misnumbered.is_empty() && unversioned.is_empty())
}

/// A version that is committed and cannot be, as the types have it: a number went back, or one was passed over.
type Misnumbered = (String, Version, &'static str);

fn misnumbered(history: &History) -> Vec<Misnumbered> {
    let committed: Vec<Version> = history.versions().collect();
    let types = catalogue::ALL
        .iter()
        .filter(|event| event.name == history.event());
    let stated: Vec<Version> = types.map(|event| event.version).collect();
    let is_envelope = history.event() == "StandardMessage";
    let wrong = committed.iter().filter_map(|version| {
        let is_same_major = |stated: &&Version| stated.major == version.major;
        // An old major that no type writes any more stays committed.
        let newest = stated.iter().find(is_same_major).or(stated.iter().max());
        let before = version.minor.checked_sub(1);
        let is_passed_over = |minor| !committed.contains(&Version::new(version.major, minor));
        let why = if !is_envelope && newest.is_none_or(|newest| newest < version) {
            "no type states it or a later one"
        } else if before.is_some_and(is_passed_over) {
            "the minor version before it is not"
        } else {
            return None;
        };
        Some((history.event().to_owned(), *version, why))
    });
    wrong.collect()
}

/// The events whose routing key would send two major versions to the same readers.
fn unversioned_routing_keys() -> Vec<(&'static str, &'static str)> {
    let wrong = catalogue::ALL
        .iter()
        .filter(|event| !event.routing_key.ends_with(&format!(".v{}", event.version.major)));
    wrong.map(|event| (event.name, event.routing_key)).collect()
}

fn row(finding: &Finding) -> Value {
    let found = &finding.incompatibility;
    json!({
        "part": "history",
        "event": finding.event,
        "writer": finding.writer,
        "reader": finding.reader,
        "path": found.path,
        "rule": found.rule.name(),
        "reason": found.rule.reason(),
        "remedy": found.rule.remedy(),
        "writes": found.writer,
        "reads": found.reader,
    })
}

fn version_row((event, version, why): &Misnumbered) -> Value {
    json!({
        "part": "version",
        "event": event,
        "rule": "version-misnumbered",
        "reason": why,
        "writes": version,
    })
}

fn key_row((event, key): &(&str, &str)) -> Value {
    json!({
        "part": "routing-key",
        "event": event,
        "rule": "routing-key-unversioned",
        "reason": "readers of one major version would be sent the other",
        "writes": key,
    })
}
