//! The linters, which live in a folder that git ignores. Which versions they have is told by the lock file in
//! `openapi/lint`, to the last package and its checksum.

use crate::step::Outcome;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What names the versions, and how npm installs them.
const PINS: &str = "openapi/lint";
const FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// Where they are installed.
const HOME: &str = ".tools/lint";

/// The oldest Node.js that both linters run on.
const NODE: (u32, u32) = (20, 19);

pub(super) struct Tools {
    modules: PathBuf,
}

impl Tools {
    /// Installs the linters unless they are there already, in the versions that are asked for.
    pub(super) fn ready() -> Result<Self, String> {
        check_node()?;
        if !is_installed() {
            install()?;
        }
        Ok(Self {
            modules: Path::new(HOME).join("node_modules"),
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
        node(Path::new("openapi/lint/asyncapi.mjs"), &[HOME, document])
    }
}

fn node(script: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.arg(script).args(arguments).stdin(Stdio::null());
    command
}

fn check_node() -> Outcome {
    let wanted = format!(
        "`cargo xtask lint` needs Node.js {}.{} or later with npm",
        NODE.0, NODE.1
    );
    let output = Command::new("node").arg("--version").output().map_err(|cause| {
        format!("{wanted}, and `node` can't be run ({cause}): install it, and see that it is in PATH")
    })?;
    // "v20.20.2"
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let mut numbers = version
        .trim_start_matches('v')
        .split('.')
        .map_while(|number| number.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) if (major, minor) >= NODE => Ok(()),
        _ => Err(format!("{wanted}, and here is {version}: install a later one")),
    }
}

fn is_installed() -> bool {
    FILES.iter().all(|file| {
        let (wanted, there) = (Path::new(PINS).join(file), Path::new(HOME).join(file));
        matches!((fs::read(wanted), fs::read(there)), (Ok(wanted), Ok(there)) if wanted == there)
    })
}

/// Installs beside the folder and renames at the end, so that what is there is whole.
fn install() -> Outcome {
    let failed = |cause: io::Error| format!("can't install the linters into {HOME}: {cause}");
    let growing = PathBuf::from(format!("{HOME}.{}", std::process::id()));
    println!("installing the linters into {HOME}, once");
    fs::create_dir_all(&growing).map_err(failed)?;
    for file in FILES {
        fs::copy(Path::new(PINS).join(file), growing.join(file)).map_err(failed)?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(npm);
    command.args(["ci", "--loglevel=error"]).current_dir(&growing);
    let installed = match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err("npm can't install the linters; why, it says above".to_owned()),
        Err(cause) => Err(format!(
            "the linters are installed by npm, and `{npm}` can't be run ({cause})"
        )),
    };
    if installed.is_err() {
        // What is left of a failed try is only in the way.
        let _ = fs::remove_dir_all(&growing);
        return installed;
    }
    match fs::remove_dir_all(HOME) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(failed(cause)),
        _ => fs::rename(&growing, HOME).map_err(failed),
    }
}
