//! `cargo xtask deny`: the rules of `deny.toml`.

use crate::step::{Outcome, cargo, run};
use clap::Args;

/// Check licences, bans and sources of all dependencies.
#[derive(Args)]
pub(crate) struct Deny {
    /// Check known vulnerabilities too; this fetches the advisory database
    #[arg(long)]
    advisories: bool,
}

impl Deny {
    pub(crate) fn run(self) -> Outcome {
        let mut command = cargo(&["deny", "--workspace", "check", "licenses", "bans", "sources"]);
        if self.advisories {
            command.arg("advisories");
        }
        run(
            &mut command,
            "see above; where cargo-deny is missing, run `cargo install --locked cargo-deny`",
        )
    }
}
