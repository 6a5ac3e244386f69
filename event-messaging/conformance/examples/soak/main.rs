//! Writers, relays, consumers and the broker as processes that are killed with -9 at random while events flow, and a
//! verdict that anyone can recompute: `cargo xtask soak`.
//!
//! The program is started by itself once for each part. All effects are counted in the consumer's database, in the
//! order of their commits.

mod options;
mod part;
mod processes;
mod records;
mod run;
mod stores;
mod verdict;

use options::{Command, Options};
use std::process::ExitCode;
use verdict::Verdict;

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let done = match options::parse(std::env::args().skip(1)) {
        Ok(Command::Run(options)) => run_all(&options),
        Ok(Command::Verify { folder, is_json }) => {
            records::read(&folder).map(|records| tell(&Verdict::of(&records), is_json))
        }
        Ok(Command::Part(part)) => part::run(&part).map(|()| true),
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run_all(options: &Options) -> Result<bool, Failure> {
    let mut records = run::run(options)?;
    if let Some(folder) = &options.log {
        records::write(folder, &records)?;
        // The verdict is that of the logs, as everybody else will find it.
        records = records::read(folder)?;
    }
    Ok(tell(&Verdict::of(&records), options.is_json))
}

/// Prints the verdict, and what is to be said of it; whether it is clean.
fn tell(verdict: &Verdict, is_json: bool) -> bool {
    println!("{}", verdict.text(is_json));
    if let Some(remark) = verdict.remark() {
        eprintln!("note: {remark}");
    }
    let problems = verdict.problems();
    for problem in &problems {
        eprintln!("error: {problem}");
    }
    problems.is_empty()
}
