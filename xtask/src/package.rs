//! `cargo xtask package`: each published crate builds from what would be uploaded.

use crate::step::{Outcome, cargo, run};
use crate::workspace;
use clap::Args;

/// Package every published crate and build it from its package alone.
#[derive(Args, Default)]
pub(crate) struct Package {
    /// Package a tree with uncommitted changes too
    #[arg(long)]
    allow_dirty: bool,
}

impl Package {
    pub(crate) fn run(self) -> Outcome {
        let mut command = cargo(&["package", "--locked"]);
        if self.allow_dirty {
            command.arg("--allow-dirty");
        }
        for name in workspace::published()? {
            command.args(["--package", &name]);
        }
        run(
            &mut command,
            "a crate does not build from its package; commit first, or pass --allow-dirty",
        )
    }
}
