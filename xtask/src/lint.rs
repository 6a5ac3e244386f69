//! `cargo xtask lint`: the contracts, judged by linters that know OpenAPI and AsyncAPI.

mod defects;
mod tools;

use crate::generate::enter_workspace;
use crate::step::{Outcome, timed};
use clap::Args;
use std::process::Command;
use std::thread;
use tools::Tools;

/// Lint `openapi/` with Redocly and Spectral, and try the rules of ours on documents that break them.
#[derive(Args)]
pub(crate) struct Lint;

/// Puts the linters where those look who ask them for an opinion.
pub(crate) fn install() -> Outcome {
    Tools::ready().map(drop)
}

/// What Spectral reads: the contract, and the document that the defects are planted in.
const DOCUMENTS: [&str; 2] = ["openapi/product-service.yaml", "openapi/lint/sound.yaml"];

/// What the events are told by.
const EVENTS: &str = "openapi/product-events.asyncapi.json";

impl Lint {
    pub(crate) fn run(self) -> Outcome {
        enter_workspace()?;
        let tools = &Tools::ready()?;
        let judges: [(&str, Judge); 5] = [
            ("redocly", redocly),
            ("spectral", spectral),
            ("spectral on the events", spectral_on_events),
            ("AsyncAPI's own schema", official_schema),
            ("rules on planted defects", defects::try_all),
        ];
        // Each is a process of its own, and the machine has more than one core.
        let verdicts = thread::scope(|scope| {
            let running = judges.map(|(name, judge)| (name, scope.spawn(move || timed(|| judge(tools)))));
            running.map(|(name, judge)| (name, judge.join()))
        });
        let mut wrong = Vec::new();
        for (name, verdict) in verdicts {
            let (verdict, spent) = verdict.map_err(|_| format!("{name} broke off"))?;
            let said = match &verdict {
                Ok(praise) => praise,
                Err(findings) => {
                    wrong.push(name);
                    findings
                }
            };
            println!("{name}, {:.1} s: {said}", spent.as_secs_f64());
        }
        match wrong.as_slice() {
            [] => Ok(()),
            wrong => Err(format!("mend what stands above: {}", wrong.join(", "))),
        }
    }
}

/// Says in a few words what is good, or else all that is not.
type Judge = fn(&Tools) -> Result<String, String>;

fn redocly(tools: &Tools) -> Result<String, String> {
    clean(&mut tools.redocly(&["lint", "--format=stylish"]))
}

fn spectral(tools: &Tools) -> Result<String, String> {
    let arguments = ["lint", "--fail-severity=hint", "--fail-on-unmatched-globs"];
    clean(tools.spectral(&arguments).args(DOCUMENTS))
}

fn spectral_on_events(tools: &Tools) -> Result<String, String> {
    let arguments = [
        "lint",
        "--fail-severity=hint",
        "--fail-on-unmatched-globs",
        "--ruleset=openapi/lint/asyncapi.yaml",
        EVENTS,
    ];
    clean(&mut tools.spectral(&arguments))
}

fn official_schema(tools: &Tools) -> Result<String, String> {
    clean(&mut tools.asyncapi(EVENTS))
}

/// Runs a linter; what it prints is told when it found something.
fn clean(linter: &mut Command) -> Result<String, String> {
    let output = linter
        .output()
        .map_err(|cause| format!("could not be run: {cause}"))?;
    if output.status.success() {
        return Ok("clean".to_owned());
    }
    let (said, complained) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    Err(format!("\n{}\n{}", said.trim_end(), complained.trim()))
}
