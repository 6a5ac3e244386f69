//! `cargo xtask package`: each published crate builds from what would be uploaded.

use crate::step::{Outcome, cargo, run};
use crate::workspace;
use clap::Args;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Package every published crate and build it from its package alone.
#[derive(Args, Default)]
pub(crate) struct Package {
    /// Package a tree with uncommitted changes too
    #[arg(long)]
    allow_dirty: bool,
}

impl Package {
    pub(crate) fn run(self) -> Outcome {
        let published = workspace::published()?;
        forget_unpacked(&published)?;
        let mut command = cargo(&["package", "--locked"]);
        if self.allow_dirty {
            command.arg("--allow-dirty");
        }
        for name in &published {
            command.args(["--package", name]);
        }
        run(
            &mut command,
            "a crate does not build from its package; commit first, or pass --allow-dirty",
        )
    }
}

/// Removes what cargo unpacked of our crates in an earlier run.
///
/// cargo verifies packages that depend on each other through a registry of the moment in the target folder, and unpacks
/// from it into its home, by name and version. While our version stays the same, a later run in the same checkout would
/// be verified against what the crates were in the first one.
fn forget_unpacked(published: &[String]) -> Outcome {
    let Some(home) = cargo_home() else {
        return Ok(());
    };
    let Ok(registries) = fs::read_dir(home.join("registry/src")) else {
        return Ok(());
    };
    // A registry in a folder has no host, so its name is a hyphen and a hash.
    let of_the_moment = registries
        .flatten()
        .filter(|registry| registry.file_name().to_string_lossy().starts_with('-'));
    for registry in of_the_moment {
        for unpacked in fs::read_dir(registry.path()).into_iter().flatten().flatten() {
            if is_one_of(published, &unpacked.path()) {
                fs::remove_dir_all(unpacked.path())
                    .map_err(|cause| format!("can't remove {}: {cause}", unpacked.path().display()))?;
            }
        }
    }
    Ok(())
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

/// Whether the folder is called by one of the names and a version.
fn is_one_of(names: &[String], folder: &Path) -> bool {
    let folder = folder.file_name().unwrap_or_default().to_string_lossy();
    names.iter().any(|name| {
        folder
            .strip_prefix(name.as_str())
            .and_then(|rest| rest.strip_prefix('-'))
            .is_some_and(|version| version.starts_with(|first: char| first.is_ascii_digit()))
    })
}
