//! `cargo xtask test`: every test of the workspace, with one count at the end.

use crate::step::{Outcome, cargo, timed};
use clap::Args;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// Run every test of the workspace, or those of some packages.
#[derive(Args)]
pub(crate) struct Test {
    /// Test only this package (may be given several times)
    #[arg(long, short)]
    package: Vec<String>,
    /// Handed to the test programs as it is: a filter by name, `--nocapture`, …
    #[arg(last = true)]
    arguments: Vec<String>,
}

impl Test {
    pub(crate) fn run(self) -> Outcome {
        // A feature adds API and changes no behaviour, so one run with all of them sees everything.
        let mut command = cargo(&["test", "--no-fail-fast", "--all-features"]);
        if self.package.is_empty() {
            command.arg("--workspace");
        }
        for package in &self.package {
            command.args(["--package", package]);
        }
        if !self.arguments.is_empty() {
            command.arg("--").args(&self.arguments);
        }
        command.stdout(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|cause| format!("could not run cargo test: {cause}"))?;
        let stdout = child.stdout.take().ok_or("cargo test has no output to read")?;

        let (counted, spent) = timed(|| {
            let mut total = Tally::default();
            for line in BufReader::new(stdout).lines() {
                let line = line.map_err(|cause| format!("the output of cargo test broke off: {cause}"))?;
                println!("{line}");
                total.add(&line);
            }
            Ok::<_, String>(total)
        });
        let (passed, total) = (child.wait().is_ok_and(|status| status.success()), counted?);

        println!("\nall of it took {:.1} s", spent.as_secs_f64());
        println!("tests: {} passed, {} failed", total.passed, total.failed);
        if !passed {
            return Err("tests failed; the lines above that begin with `failures:` name them".into());
        }
        if total.passed == 0 {
            return Err("no test ran; is the filter right?".into());
        }
        Ok(())
    }
}

/// Sums the `test result:` lines of all test programs.
#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    fn add(&mut self, line: &str) {
        let Some(result) = line.trim_start().strip_prefix("test result: ") else {
            return;
        };
        // "ok. 12 passed; 0 failed; 0 ignored; …"
        let counts = result.split_once(". ").map_or("", |(_, counts)| counts);
        for count in counts.split("; ") {
            match count.split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse::<u64>().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse::<u64>().unwrap_or(0),
                _ => {}
            }
        }
    }
}
