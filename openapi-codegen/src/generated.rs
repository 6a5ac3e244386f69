//! The files of a client: formatted, written, or compared with what is on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::format;
use crate::write::HEADER;

/// The source files of one client, by their path below its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    folder: PathBuf,
    files: BTreeMap<String, String>,
}

impl Generated {
    pub(crate) fn formatted(folder: PathBuf, files: BTreeMap<String, String>) -> Result<Self, Error> {
        let files = format::format(files, &folder)?;
        Ok(Self { folder, files })
    }

    /// The files, by their path below the folder.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// Writes what differs, removes what is no longer generated, and tells how many files changed.
    ///
    /// # Errors
    ///
    /// When the folder can't be written, or when a Rust file in it does not begin as generated ones do; then nothing
    /// is written.
    pub fn write(&self) -> Result<usize, Error> {
        let on_disk = self.on_disk()?;
        let drift = self.drift(&on_disk);
        let is_by_hand = |name: &&String| {
            on_disk
                .get(*name)
                .is_some_and(|text| !text.starts_with(HEADER.as_bytes()))
        };
        if let Some(name) = drift.iter().find(is_by_hand) {
            return Err(Error::by_hand(&self.folder.join(name)));
        }
        for name in &drift {
            let path = self.folder.join(name);
            let done = match self.files.get(name) {
                Some(text) => path
                    .parent()
                    .map_or(Ok(()), fs::create_dir_all)
                    .and_then(|()| fs::write(&path, text)),
                None => fs::remove_file(&path),
            };
            done.map_err(|cause| Error::write(&path, cause))?;
        }
        Ok(drift.len())
    }

    /// Compares with the files on disk, byte by byte; `command` is what the error says to run.
    ///
    /// # Errors
    ///
    /// [`Error::is_drift`] when a file differs, is missing, or is not generated any more.
    pub fn check(&self, command: &str) -> Result<(), Error> {
        let drift = self.drift(&self.on_disk()?);
        if drift.is_empty() {
            return Ok(());
        }
        let named = |name: &String| self.folder.join(name).display().to_string();
        Err(Error::drift(drift.iter().map(named).collect(), command))
    }

    /// The files that differ, in either direction.
    fn drift(&self, on_disk: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
        let names = self.files.keys().chain(on_disk.keys());
        names
            .filter(|name| {
                self.files.get(*name).map(String::as_bytes) != on_disk.get(*name).map(Vec::as_slice)
            })
            .cloned()
            .collect()
    }

    fn on_disk(&self) -> Result<BTreeMap<String, Vec<u8>>, Error> {
        let mut files = BTreeMap::new();
        collect(&self.folder, "", &mut files).map_err(|cause| Error::read(&self.folder, cause))?;
        Ok(files)
    }
}

/// Reads all Rust files below `folder`, which need not exist.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files)?;
        } else if name.ends_with(".rs") {
            files.insert(format!("{prefix}{name}"), fs::read(&path)?);
        }
    }
    Ok(())
}
