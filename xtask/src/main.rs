//! The house-keeping door: what a contributor does is a verb here, each in a file of its own name.
//!
//! A verb that needs another crate runs it as a process and never links it; only the generator is linked.

mod bench;
mod check;
mod contracts;
mod deny;
mod features;
mod fuzz;
mod generate;
mod interop;
mod lint;
mod loom;
mod package;
mod pinned;
mod soak;
mod step;
mod test;
mod wasm;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Every task of a contributor, as one verb each",
    version
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Run every test of the workspace: unit, contract, end-to-end and documentation tests
    Test(test::Test),
    /// Measure our crates and their rivals in the same run
    Bench(bench::Bench),
    /// Write the clients under `*/src/generated` from the documents in `openapi/`
    Generate(generate::Generate),
    /// Lint the contracts with Redocly and Spectral, and try our rules on planted defects
    Lint(lint::Lint),
    /// Run what must hold besides the tests: formatting, generated code, lint, contract compatibility, clippy,
    /// documentation, packaging
    Check(check::Check),
    /// Package every published crate and build it from its package
    Package(package::Package),
    /// Tell what changed between two versions of a contract, and what of it is breaking
    Contracts(contracts::Contracts),
    /// Feed damaged input to a reader: `openapi` for the generator's documents, `events` for messages
    Fuzz(fuzz::Fuzz),
    /// Check that the contracts compile with each of their features alone, and without any
    Features(features::Features),
    /// Run the models of what threads share through every order of steps
    Loom(loom::Loom),
    /// Exchange CloudEvents with the SDKs of npm and PyPI, and judge both sides
    Interop(interop::Interop),
    /// Kill writers, relays, consumers and the broker at random, and count what is lost, doubled or out of order
    Soak(soak::Soak),
    /// Check licences, bans and sources of all dependencies with cargo-deny
    Deny(deny::Deny),
}

fn main() -> ExitCode {
    let done = match Cli::parse().verb {
        Verb::Test(test) => test.run(),
        Verb::Bench(bench) => bench.run(),
        Verb::Generate(generate) => generate.run(),
        Verb::Lint(lint) => lint.run(),
        Verb::Check(check) => check.run(),
        Verb::Package(package) => package.run(),
        Verb::Contracts(contracts) => contracts.run(),
        Verb::Fuzz(fuzz) => fuzz.run(),
        Verb::Features(features) => features.run(),
        Verb::Loom(loom) => loom.run(),
        Verb::Interop(interop) => interop.run(),
        Verb::Soak(soak) => soak.run(),
        Verb::Deny(deny) => deny.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}
