//! `cargo xtask loom`: what threads share, in every order of steps.

use crate::step::{Outcome, cargo, run};
use clap::Args;

/// Run the models of what threads share through every order of steps.
#[derive(Args)]
pub(crate) struct Loom {
    /// How many changes of thread, that nothing forces, an order may have
    #[arg(long, default_value_t = 3)]
    preemptions: u32,
    /// Handed to the test program as it is: a filter by name, `--nocapture`, …
    #[arg(last = true)]
    arguments: Vec<String>,
}

impl Loom {
    pub(crate) fn run(self) -> Outcome {
        // Optimised, since it is nothing but work; without its own flags, so the crates are those of other builds.
        let mut command = cargo(&["test", "--release", "--package", "resilience-models"]);
        command.env("LOOM_MAX_PREEMPTIONS", self.preemptions.to_string());
        if !self.arguments.is_empty() {
            command.arg("--").args(&self.arguments);
        }
        run(
            &mut command,
            "the order of steps that breaks the model stands above",
        )
    }
}
