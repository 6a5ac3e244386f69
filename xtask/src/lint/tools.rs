//! The linters, which live in a folder that git ignores. Which versions they have is told by the lock file in
//! `openapi/lint`.

use crate::pinned::{Pinned, check_node, npm_ci};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const LINTERS: Pinned = Pinned {
    what: "the linters",
    pins: "openapi/lint",
    files: &["package.json", "package-lock.json", ".npmrc"],
    home: ".tools/lint",
};

pub(super) struct Tools {
    modules: PathBuf,
}

impl Tools {
    /// Installs the linters unless they are there already, in the versions that are asked for.
    pub(super) fn ready() -> Result<Self, String> {
        check_node("lint")?;
        LINTERS.ready(npm_ci)?;
        Ok(Self {
            modules: Path::new(LINTERS.home).join("node_modules"),
        })
    }

    pub(super) fn redocly(&self, arguments: &[&str]) -> Command {
        let mut command = node(&self.modules.join("@redocly/cli/bin/cli.js"), arguments);
        command
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        command
    }

    pub(super) fn spectral(&self, arguments: &[&str]) -> Command {
        node(
            &self.modules.join("@stoplight/spectral-cli/dist/index.js"),
            arguments,
        )
    }

    /// Validates an AsyncAPI document against the official schema, by a script of ours that is told where the packages
    /// are.
    pub(super) fn asyncapi(&self, document: &str) -> Command {
        node(Path::new("openapi/lint/asyncapi.mjs"), &[LINTERS.home, document])
    }
}

fn node(script: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.arg(script).args(arguments).stdin(Stdio::null());
    command
}
