//! Programs of other ecosystems, in folders that git ignores. Which versions they have is told by lock files of ours, to
//! the last package and its checksum.

use crate::step::Outcome;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The oldest Node.js that all of them run on.
const NODE: (u32, u32) = (20, 19);

/// A folder of such programs.
pub(crate) struct Pinned {
    /// What is in it, for people.
    pub(crate) what: &'static str,
    /// Where the files lie that name the versions.
    pub(crate) pins: &'static str,
    pub(crate) files: &'static [&'static str],
    /// Where it is installed.
    pub(crate) home: &'static str,
}

impl Pinned {
    /// Installs it by `install`, which is given the folder to work in, unless it is there already as asked for.
    pub(crate) fn ready(&self, install: impl FnOnce(&Path) -> Outcome) -> Outcome {
        if self.is_installed() {
            return Ok(());
        }
        self.install(install)
    }

    fn is_installed(&self) -> bool {
        self.files.iter().all(|file| {
            let (wanted, there) = (Path::new(self.pins).join(file), Path::new(self.home).join(file));
            matches!((fs::read(wanted), fs::read(there)), (Ok(wanted), Ok(there)) if wanted == there)
        })
    }

    /// Installs beside the folder and renames at the end, so that what is there is whole.
    fn install(&self, install: impl FnOnce(&Path) -> Outcome) -> Outcome {
        let Self { what, home, .. } = self;
        let failed = |cause: io::Error| format!("can't install {what} into {home}: {cause}");
        let growing = PathBuf::from(format!("{home}.{}", std::process::id()));
        println!("installing {what} into {home}, once");
        fs::create_dir_all(&growing).map_err(failed)?;
        for file in self.files {
            fs::copy(Path::new(self.pins).join(file), growing.join(file)).map_err(failed)?;
        }
        let installed = install(&growing);
        if installed.is_err() {
            // What is left of a failed try is only in the way.
            let _ = fs::remove_dir_all(&growing);
            return installed;
        }
        match fs::remove_dir_all(home) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(failed(cause)),
            _ => fs::rename(&growing, home).map_err(failed),
        }
    }
}

/// Installs what `package-lock.json` in `folder` names.
pub(crate) fn npm_ci(folder: &Path) -> Outcome {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(npm);
    command.args(["ci", "--loglevel=error"]).current_dir(folder);
    installs(&mut command)
}

/// Runs a program that installs.
pub(crate) fn installs(command: &mut Command) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("`{program}` can't install it; why, it says above")),
        Err(cause) => Err(format!("`{program}` can't be run ({cause})")),
    }
}

/// Whether there is a Node.js for `verb`.
pub(crate) fn check_node(verb: &str) -> Outcome {
    check_version("node", verb, "Node.js", "with npm", NODE)
}

/// Whether `program` is at least of the version `least`, by what it answers to `--version`.
pub(crate) fn check_version(program: &str, verb: &str, name: &str, and: &str, least: (u32, u32)) -> Outcome {
    let wanted = format!(
        "`cargo xtask {verb}` needs {name} {}.{} or later {and}",
        least.0, least.1
    );
    let output = Command::new(program).arg("--version").output().map_err(|cause| {
        format!("{wanted}, and `{program}` can't be run ({cause}): install it, and see that it is in PATH")
    })?;
    // "v20.20.2", "Python 3.11.7"
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let mut numbers = version
        .trim_start_matches(|character: char| !character.is_ascii_digit())
        .split('.')
        .map_while(|number| number.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) if (major, minor) >= least => Ok(()),
        _ => Err(format!("{wanted}, and here is {version}: install a later one")),
    }
}
