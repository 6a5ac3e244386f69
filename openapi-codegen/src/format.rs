//! Formatting by rustfmt, with the settings of the crate that the code is written to.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::Error;

/// Formats all files in one run of rustfmt, in a scratch folder, so that `cargo fmt --check` finds nothing to say.
///
/// One run over fifty files costs a tenth of fifty runs; rustfmt reads only one file from its standard input.
pub(crate) fn format(
    files: BTreeMap<String, String>,
    target: &Path,
) -> Result<BTreeMap<String, String>, Error> {
    let scratch = Scratch::new().map_err(|cause| Error::write(&std::env::temp_dir(), cause))?;
    let mut paths = Vec::new();
    for (name, text) in &files {
        let path = scratch.0.join(name);
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&path, text))
            .map_err(|cause| Error::write(&path, cause))?;
        paths.push(path);
    }
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024"]).args(&paths);
    if let Some(settings) = settings_above(target) {
        rustfmt.arg("--config-path").arg(settings);
    }
    let output = rustfmt.output().map_err(Error::no_formatter)?;
    if !output.status.success() {
        return Err(Error::format(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        ));
    }
    let read = |name: String| {
        let path = scratch.0.join(&name);
        let text = fs::read_to_string(&path).map_err(|cause| Error::read(&path, cause))?;
        Ok((name, text))
    };
    files.into_keys().map(read).collect()
}

/// The nearest `rustfmt.toml` above the folder that the code is meant for.
fn settings_above(target: &Path) -> Option<PathBuf> {
    let target = std::path::absolute(target).ok()?;
    target
        .ancestors()
        .map(|folder| folder.join("rustfmt.toml"))
        .find(|file| file.is_file())
}

/// A folder of our own that vanishes with this value.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("openapi-codegen-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Left-over text in the system's scratch folder harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}
