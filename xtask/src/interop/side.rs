//! Who takes part: our example and a script around each SDK. All speak JSON lines, and answer in order.

use crate::pinned::{Pinned, check_node, check_version, installs, npm_ci};
use crate::step::{Outcome, cargo, run};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

const SDKS: Pinned = Pinned {
    what: "the SDKs of CloudEvents",
    pins: "xtask/interop",
    files: &["package.json", "package-lock.json", ".npmrc", "requirements.txt"],
    home: ".tools/interop",
};

/// The oldest Python that its SDK runs on.
const PYTHON: (u32, u32) = (3, 10);

pub(super) struct Sides {
    pub(super) ours: Side,
    pub(super) npm: Side,
    pypi: Side,
}

pub(super) struct Side {
    pub(super) name: &'static str,
    command: fn() -> Command,
}

impl Sides {
    /// Installs the SDKs unless they are there already, and builds our side.
    pub(super) fn ready() -> Result<Self, String> {
        check_node("interop")?;
        let python = if cfg!(windows) { "python" } else { "python3" };
        check_version(python, "interop", "Python", "with its module venv", PYTHON)?;
        SDKS.ready(|folder| {
            npm_ci(folder)?;
            installs(Command::new(python).args(["-m", "venv"]).arg(folder.join("venv")))?;
            let pip = [
                "-m",
                "pip",
                "install",
                "--quiet",
                "--require-hashes",
                "--no-deps",
                "-r",
            ];
            installs(
                Command::new(interpreter(folder))
                    .args(pip)
                    .arg(folder.join("requirements.txt")),
            )
        })?;
        build()?;
        Ok(Self {
            ours: Side {
                name: "event-contracts",
                command: ours,
            },
            npm: Side {
                name: "npm cloudevents",
                command: npm,
            },
            pypi: Side {
                name: "PyPI cloudevents",
                command: pypi,
            },
        })
    }

    pub(super) fn others(&self) -> [&Side; 2] {
        [&self.npm, &self.pypi]
    }
}

impl Side {
    /// Asks all of `requests` at once.
    pub(super) fn ask(&self, requests: &[Value]) -> Result<Vec<Value>, String> {
        let failed = |cause: &dyn std::fmt::Display| format!("{} broke off: {cause}", self.name);
        let mut command = (self.command)();
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|cause| failed(&cause))?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed(&"it has no input or output"));
        };
        let lines: String = requests.iter().map(|request| format!("{request}\n")).collect();
        // Written beside the reading, or both would wait for a full pipe.
        let writing = thread::spawn(move || stdin.write_all(lines.as_bytes()));
        let mut answers = Vec::with_capacity(requests.len());
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|cause| failed(&cause))?;
            answers.push(serde_json::from_str(&line).map_err(|cause| failed(&cause))?);
        }
        let status = child.wait().map_err(|cause| failed(&cause))?;
        let written = writing.join().is_ok_and(|written| written.is_ok());
        if !status.success() || !written || answers.len() != requests.len() {
            let count = format!("{} answers to {} requests", answers.len(), requests.len());
            return Err(failed(&count));
        }
        Ok(answers)
    }
}

const EXAMPLE: [&str; 5] = [
    "--quiet",
    "--package",
    "event-contracts",
    "--example",
    "cloudevents_interop",
];

fn build() -> Outcome {
    let mut command = cargo(&["build"]);
    run(command.args(EXAMPLE), "our side of the exchange can't be built")
}

fn ours() -> Command {
    let mut command = cargo(&["run"]);
    command.args(EXAMPLE);
    command
}

fn npm() -> Command {
    let mut command = Command::new("node");
    let modules = std::env::current_dir()
        .unwrap_or_default()
        .join(SDKS.home)
        .join("node_modules");
    command.arg("xtask/interop/npm.js").env("NODE_PATH", modules);
    command
}

fn pypi() -> Command {
    let mut command = Command::new(interpreter(Path::new(SDKS.home)));
    command
        .arg("xtask/interop/pypi.py")
        .env("PYTHONIOENCODING", "utf-8");
    command
}

fn interpreter(folder: &Path) -> PathBuf {
    let path = if cfg!(windows) {
        "venv/Scripts/python.exe"
    } else {
        "venv/bin/python"
    };
    folder.join(path)
}
