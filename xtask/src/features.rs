//! `cargo xtask features`: a crate compiles whichever of its features its users choose.

use crate::step::{Outcome, cargo, run};
use crate::workspace;
use clap::Args;

/// Check some packages without features, with each alone, with those by default and with all.
///
/// Everything else builds the workspace with all features, where one that forgets what it needs is not noticed.
#[derive(Args)]
pub(crate) struct Features {
    /// Check this package (may be given several times); those that are contracts unless said otherwise
    #[arg(long, short, default_values = ["product-types", "event-contracts"])]
    package: Vec<String>,
}

impl Features {
    pub(crate) fn run(self) -> Outcome {
        for package in &self.package {
            let features = workspace::features(package)?;
            check(package, &["--no-default-features"])?;
            for feature in features.iter().filter(|feature| *feature != "default") {
                check(package, &["--no-default-features", "--features", feature])?;
            }
            check(package, &[])?;
            check(package, &["--all-features"])?;
        }
        Ok(())
    }
}

fn check(package: &str, selection: &[&str]) -> Outcome {
    println!("{package} {}", selection.join(" "));
    // Warnings of code that only some features use are caught here too.
    let mut command = cargo(&["clippy", "--quiet", "--package", package]);
    command.args(selection).args(["--", "-D", "warnings"]);
    run(
        &mut command,
        &format!("{package} does not compile with {}", selection.join(" ")),
    )
}
