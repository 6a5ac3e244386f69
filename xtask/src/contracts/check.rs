//! `cargo xtask contracts check`: the events keep their promise to those who read and write older versions.

use super::export::{ALL_FEATURES, Export};
use super::revision;
use crate::generate::enter_workspace;
use crate::step::{Outcome, cargo, print};
use clap::Args;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Check that the events' documents are what the types say, that the versions of every event are compatible, and that
/// released schemas and messages stay as they are.
#[derive(Args, Default)]
pub(crate) struct Check {
    /// Hold the committed files against this commit, branch or tag instead of the last tag
    #[arg(long, value_name = "REV")]
    against: Option<String>,
    /// Print one array of rows
    #[arg(long)]
    json: bool,
}

const SCHEMAS: &str = "event-contracts/schemas";
const MESSAGES: &str = "event-contracts/tests/fixtures";

/// What a part found: its rows, and the same for people.
struct Part {
    rows: Vec<Value>,
    text: String,
}

impl Check {
    pub(crate) fn run(self) -> Outcome {
        enter_workspace()?;
        let parts = [exported()?, self.histories()?, self.add_only()?];
        if self.json {
            let rows = parts.iter().flat_map(|part| part.rows.iter().cloned());
            print(&rows.collect::<Value>().to_string())?;
        } else {
            for part in &parts {
                print(&part.text)?;
            }
        }
        match parts.iter().map(|part| part.rows.len()).sum::<usize>() {
            0 => Ok(()),
            found => Err(format!(
                "event contracts are broken in {found} places: make each change additive, as a new minor version \
                 beside the old files, or start a new major version"
            )),
        }
    }

    /// The versions of every event against each other, by the rules of `event_contracts::compat`.
    fn histories(&self) -> Result<Part, String> {
        let told = compatibility(&["--json"])?;
        let rows: Vec<Value> = serde_json::from_slice(&told)
            .map_err(|cause| format!("the comparison printed no rows: {cause}"))?;
        // It says so in prose itself, and is built by now.
        let text = if self.json {
            Vec::new()
        } else {
            compatibility(&[])?
        };
        let text = String::from_utf8_lossy(&text).trim_end().to_owned();
        Ok(Part { rows, text })
    }

    /// The files of the last release against those that are here.
    fn add_only(&self) -> Result<Part, String> {
        let revision = match &self.against {
            Some(revision) => Some(revision.clone()),
            None => revision::last_tag()?,
        };
        let Some(revision) = revision else {
            let text = "there is no tag yet (nor in a clone without tags), so no released file to keep";
            return Ok(Part {
                rows: Vec::new(),
                text: text.to_owned(),
            });
        };
        let altered = revision::altered(&revision, &[SCHEMAS, MESSAGES])?;
        let mut text = format!("{} files of {revision} changed or gone", altered.len());
        let mut rows = Vec::new();
        for (what, file) in altered {
            text += &format!(
                "\n  {file}: {what}; released files are only ever added to, so take it back from {revision}"
            );
            rows.push(json!({
                "part": "add-only",
                "rule": format!("released-file-{what}"),
                "reason": "what was released is the measure of what comes after",
                "path": file,
                "against": revision,
            }));
        }
        Ok(Part { rows, text })
    }
}

/// The committed documents against what the types say.
fn exported() -> Result<Part, String> {
    let output = Export::checking()
        .command()
        .output()
        .map_err(|cause| format!("could not run cargo: {cause}"))?;
    let said = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&said).trim().to_owned();
    let mut rows = Vec::new();
    if !output.status.success() {
        rows.push(json!({
            "part": "export",
            "rule": "documents-outdated",
            "reason": "the committed documents are not what the types say",
            "writes": text,
        }));
    }
    Ok(Part { rows, text })
}

/// Runs the example that knows the rules; xtask links no published crate.
fn compatibility(arguments: &[&str]) -> Result<Vec<u8>, String> {
    if !Path::new(SCHEMAS).is_dir() {
        return Err(format!(
            "{SCHEMAS} is not there: the schemas of events are committed"
        ));
    }
    let mut command: Command = cargo(&["run", "-q", "-p", "event-contracts", "--example", "compatibility"]);
    command.args([ALL_FEATURES, "--"]).args(arguments).arg(SCHEMAS);
    let output = command
        .output()
        .map_err(|cause| format!("could not run cargo: {cause}"))?;
    match output.status.code() {
        // Compatible, or not.
        Some(0 | 1) if !output.stdout.is_empty() => Ok(output.stdout),
        _ => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}
