//! Our crates and their rivals, measured in the same run.
//!
//! `cargo xtask bench` runs this program; `cargo xtask bench scenarios` runs `examples/scenarios`, which compares what
//! they do rather than what they cost.

mod benches;
mod harness;

use std::process::ExitCode;

use clap::Parser;
use harness::Effort;

/// Measure our crates and their rivals in the same run
#[derive(Parser)]
struct Cli {
    /// The folder of one crate; without it, the benches of all
    name: Option<String>,
    /// Print one JSON array of rows, and nothing else
    #[arg(long)]
    json: bool,
    /// Make a few calls only, to see that everything runs; the figures mean nothing
    #[arg(long)]
    quick: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let effort = if cli.quick { Effort::Quick } else { Effort::Full };
    let rows = match benches::run(cli.name.as_deref(), effort) {
        Ok(rows) => rows,
        Err(unknown) => {
            eprintln!("error: {unknown}");
            return ExitCode::FAILURE;
        }
    };
    if cli.json {
        println!("{}", harness::json(&rows));
    } else {
        print!("{}", harness::table(&rows));
    }
    ExitCode::SUCCESS
}
