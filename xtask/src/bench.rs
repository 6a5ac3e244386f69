//! `cargo xtask bench`: our crates beside their rivals.

use crate::step::{Outcome, cargo, run};
use clap::Args;

/// Measure our crates and their rivals in the same run.
///
/// A bar that is not met is said in the table; the verb fails only when it cannot measure.
#[derive(Args)]
pub(crate) struct Bench {
    /// The folder of one crate, such as `resilience`; without it, the benches of all. `scenarios` compares what the
    /// crates do instead of what they cost
    name: Option<String>,
    /// Print one JSON array of rows on standard output, and nothing else
    #[arg(long)]
    json: bool,
    /// Make a few calls only, to see that everything runs; the figures mean nothing
    #[arg(long)]
    quick: bool,
}

impl Bench {
    pub(crate) fn run(self) -> Outcome {
        if self.name.as_deref() == Some("scenarios") {
            return self.scenarios();
        }
        let mut command = cargo(&["run", "--release", "--package", "rivals", "--"]);
        command.args(self.name);
        command.args(self.json.then_some("--json"));
        command.args(self.quick.then_some("--quick"));
        run(&mut command, "nothing was measured; the reason stands above")
    }

    /// What is compared does not depend on the profile, so that of the tests does.
    fn scenarios(&self) -> Outcome {
        if self.json {
            return Err("scenarios are a table for people; leave out --json".into());
        }
        let mut command = cargo(&["run", "--package", "rivals", "--example", "scenarios"]);
        run(&mut command, "nothing was compared; the reason stands above")
    }
}
