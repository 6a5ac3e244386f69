//! `cargo xtask fuzz`: what reads what others write, against what nobody would write.

use crate::generate::{enter_workspace, targets};
use crate::step::{Outcome, cargo, print, run, timed};
use clap::{Args, Subcommand};
use openapi_codegen::fuzz::Fuzz as Documents;

/// Feed damaged input to one of the workspace's readers.
#[derive(Args)]
pub(crate) struct Fuzz {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Documents for the generator: each must be expressed or refused in words
    Openapi(Openapi),
    /// Messages for `event-contracts`: each must be read, or refused at a place, and all ways of reading must agree
    Events(Events),
}

#[derive(Args)]
struct Openapi {
    /// How many documents
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    /// Which ones; the same seed makes the same documents
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the document of one case and try nothing
    #[arg(long, value_name = "CASE")]
    show: Option<u64>,
}

#[derive(Args)]
struct Events {
    /// How many messages
    #[arg(long, default_value_t = 100_000)]
    count: u64,
    /// Which ones; the same seed makes the same messages
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the message of one case and try nothing
    #[arg(long, value_name = "CASE")]
    show: Option<u64>,
}

/// How many cases pass between two words to whoever waits.
const SLICE: u64 = 10_000;

impl Fuzz {
    pub(crate) fn run(self) -> Outcome {
        match self.what {
            What::Openapi(openapi) => openapi.run(),
            What::Events(events) => events.run(),
        }
    }
}

impl Openapi {
    fn run(self) -> Outcome {
        enter_workspace()?;
        let documents = Documents::new(targets(), self.seed).map_err(|error| error.to_string())?;
        if let Some(case) = self.show {
            return print(&documents.text(case));
        }
        let (mut accepted, mut refused, mut broken) = (0, 0, Vec::new());
        let (_, spent) = timed(|| {
            let mut from = 0;
            while from < self.count {
                let to = self.count.min(from.saturating_add(SLICE));
                let report = documents.run(from..to);
                accepted += report.accepted;
                refused += report.refused;
                broken.extend(report.broken);
                println!(
                    "{to} documents: {accepted} accepted, {refused} refused, {} broken",
                    broken.len()
                );
                from = to;
            }
        });
        println!("seed {}, {:.1} s", self.seed, spent.as_secs_f64());
        for (case, wrong) in broken.iter().take(20) {
            println!("case {case}: {wrong}");
        }
        match broken.first() {
            None => Ok(()),
            Some((case, _)) => Err(format!(
                "{} documents broke the generator; `cargo xtask fuzz openapi --seed {} --show {case}` shows the first",
                broken.len(),
                self.seed
            )),
        }
    }
}

impl Events {
    /// Optimised, since it is nothing but work.
    fn run(self) -> Outcome {
        let mut command = cargo(&[
            "run",
            "--quiet",
            "--release",
            "--package",
            "event-contracts-fuzz",
            "--",
        ]);
        command.arg(format!("--count={}", self.count));
        command.arg(format!("--seed={}", self.seed));
        command.args(self.show.map(|case| format!("--show={case}")));
        run(&mut command, "the reason stands above")
    }
}
