//! Runs one command after the other and tells what each one cost.

use std::io::{self, ErrorKind, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a verb reports when it fails: one sentence that says what to do.
pub(crate) type Outcome = Result<(), String>;

/// `cargo` as it was called, so that a chosen toolchain stays chosen.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs `command` with its output shown. `hint` says what to do when it fails.
pub(crate) fn run(command: &mut Command, hint: &str) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(hint.to_owned()),
        Err(cause) => Err(format!("could not run {program}: {cause}")),
    }
}

/// Prints a long text. Whoever reads it may leave before its end, as `head` does.
pub(crate) fn print(text: &str) -> Outcome {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => Err(format!("can't print: {cause}")),
        _ => Ok(()),
    }
}

/// The steps of a longer verb, with the seconds of each.
#[derive(Default)]
pub(crate) struct Steps {
    taken: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Announces and takes a step; the first failure ends the verb.
    pub(crate) fn take(&mut self, name: &'static str, step: impl FnOnce() -> Outcome) -> Outcome {
        println!("\n== {name}");
        let (outcome, spent) = timed(step);
        self.taken.push((name, spent));
        println!("== {name}: {:.1} s", spent.as_secs_f64());
        outcome.map_err(|reason| format!("{name}: {reason}"))
    }

    /// Prints the seconds of each step taken.
    pub(crate) fn summary(&self) {
        println!();
        for (name, spent) in &self.taken {
            println!("{:>8.1} s  {name}", spent.as_secs_f64());
        }
    }
}

/// Measures `work` on the wall.
#[expect(
    clippy::disallowed_methods,
    reason = "house-keeping tells people real seconds"
)]
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let result = work();
    (result, begin.elapsed())
}
