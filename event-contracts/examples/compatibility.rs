//! Checks the histories of contracts in a folder: `compatibility [--json] [--mode full-transitive] FOLDER`.
//!
//! Ends with 1 when two versions are not compatible, and with 2 when that cannot be told.

use event_contracts::catalogue;
use event_contracts::compat::{Finding, Mode, check};
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
    let report = check(folder.ok_or("which folder?")?, mode)?;
    let unversioned = unversioned_routing_keys();
    if json {
        let rows = report
            .findings()
            .iter()
            .map(row)
            .chain(unversioned.iter().map(key_row));
        println!("{}", rows.collect::<Value>());
    } else {
        println!("{report}");
        for (event, key) in &unversioned {
            println!("\n{event}: the routing key {key} does not end in the major version");
        }
    }
    Ok(report.is_compatible() && unversioned.is_empty())
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

fn key_row((event, key): &(&str, &str)) -> Value {
    json!({
        "part": "routing-key",
        "event": event,
        "rule": "routing-key-unversioned",
        "reason": "readers of one major version would be sent the other",
        "writes": key,
    })
}
