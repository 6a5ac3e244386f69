//! `cargo xtask contracts export`: the documents of the events, which `event-contracts` writes about itself.

use crate::step::{Outcome, cargo, run};
use clap::Args;
use std::process::Command;

/// Write the JSON Schemas, the AsyncAPI document and the page of the events from their Rust types.
#[derive(Args, Default)]
pub(super) struct Export {
    /// Write nothing; fail when a committed file is not what the types say, and name it
    #[arg(long, conflicts_with = "force")]
    check: bool,
    /// Overwrite the schemas of a version too, which is for one that was never released
    #[arg(long)]
    force: bool,
}

/// As the tests build the crate, so that it is built once for all of them.
pub(super) const ALL_FEATURES: &str = "--all-features";

impl Export {
    pub(super) fn checking() -> Self {
        Self {
            check: true,
            force: false,
        }
    }

    pub(super) fn run(&self) -> Outcome {
        run(
            &mut self.command(),
            "the documents of the events are not in order; what to do, it says above",
        )
    }

    pub(super) fn command(&self) -> Command {
        let mut command = cargo(&[
            "run",
            "--quiet",
            "--package=event-contracts",
            ALL_FEATURES,
            "--example=export",
            "--",
        ]);
        if self.check {
            command.arg("--check");
        }
        if self.force {
            command.arg("--force");
        }
        command
    }
}
