//! `cargo xtask fuzz events` runs this program.

use clap::Parser;
use event_contracts_fuzz::Fuzz;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

/// Feed damaged messages to the readers of `event-contracts`
#[derive(Parser)]
struct Cli {
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
const SLICE: u64 = 50_000;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let fuzz = match Fuzz::new(cli.seed) {
        Ok(fuzz) => fuzz,
        Err(cause) => {
            eprintln!("error: can't read the corpus: {cause}");
            return ExitCode::FAILURE;
        }
    };
    if let Some(case) = cli.show {
        // Whoever reads it may leave before its end.
        let _ = io::stdout().write_all(&fuzz.message(case));
        return ExitCode::SUCCESS;
    }
    let broken = run(&fuzz, cli.count, cli.seed);
    for (case, wrong) in broken.iter().take(20) {
        println!("case {case}: {wrong}");
    }
    match broken.first() {
        None => ExitCode::SUCCESS,
        Some((case, _)) => {
            eprintln!(
                "error: {} messages broke a promise; `cargo xtask fuzz events --seed {} --show {case}` shows the first",
                broken.len(),
                cli.seed
            );
            ExitCode::FAILURE
        }
    }
}

/// The cases that broke a promise.
fn run(fuzz: &Fuzz, count: u64, seed: u64) -> Vec<(u64, String)> {
    let seconds = stopwatch();
    let (mut typed, mut unknown, mut refused, mut broken) = (0, 0, 0, Vec::new());
    let mut from = 0;
    while from < count {
        let to = count.min(from.saturating_add(SLICE));
        let report = fuzz.run(from..to);
        typed += report.typed;
        unknown += report.unknown;
        refused += report.refused;
        broken.extend(report.broken);
        println!(
            "{to} messages: {typed} read, {unknown} of an unknown type, {refused} refused, {} broken",
            broken.len()
        );
        from = to;
    }
    println!("seed {seed}, {:.1} s", seconds());
    broken
}

#[expect(clippy::disallowed_methods, reason = "people are told real seconds")]
fn stopwatch() -> impl Fn() -> f64 {
    let start = Instant::now();
    move || start.elapsed().as_secs_f64()
}
