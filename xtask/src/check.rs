//! `cargo xtask check`: what must hold besides the tests.

use crate::contracts;
use crate::interop::Interop;
use crate::lint::Lint;
use crate::package::Package;
use crate::step::{Outcome, Steps, cargo, run};
use crate::wasm;
use clap::Args;

/// Run every check that is not a test, and print the seconds of each.
#[derive(Args)]
pub(crate) struct Check {
    /// Leave out the packaging, which builds every published crate once more
    #[arg(long)]
    quick: bool,
}

impl Check {
    pub(crate) fn run(self) -> Outcome {
        let mut steps = Steps::default();
        let outcome = self.take_all(&mut steps);
        steps.summary();
        outcome
    }

    fn take_all(&self, steps: &mut Steps) -> Outcome {
        steps.take("format", || {
            run(&mut cargo(&["fmt", "--all", "--check"]), "run `cargo fmt --all`")
        })?;
        steps.take("generated code", || {
            run(
                &mut cargo(&["xtask", "generate", "--check"]),
                "run `cargo xtask generate` and commit what it wrote",
            )
        })?;
        steps.take("event contracts", || contracts::Check::default().run())?;
        steps.take("lint", || Lint.run())?;
        steps.take("contract compatibility", || contracts::Api::default().run())?;
        steps.take("clippy", || {
            let arguments = [
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--",
                "-D",
                "warnings",
            ];
            run(&mut cargo(&arguments), "clippy's findings stand above")
        })?;
        steps.take("interop", || Interop.run())?;
        steps.take("documentation", || {
            let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
            run(
                doc.env("RUSTDOCFLAGS", "-D warnings"),
                "rustdoc's findings stand above",
            )
        })?;
        steps.take("WebAssembly", wasm::check)?;
        if !self.quick {
            steps.take("packages", || Package::default().run())?;
        }
        Ok(())
    }
}
