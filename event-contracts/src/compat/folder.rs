//! Committed schemas: `<Type>/<major>.<minor>.written.json` and `<Type>/<major>.<minor>.read.json`.

use super::{Error, History, Mode, Report};
use crate::Version;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Panics unless every type in `folder` kept its promise: the one line of a test.
///
/// # Panics
///
/// When two versions are not compatible, with all findings in the message, and when [`check`] fails.
#[track_caller]
pub fn assert_compatible(folder: impl AsRef<Path>, mode: Mode) {
    match check(folder, mode) {
        Ok(report) if report.is_compatible() => {}
        Ok(report) => panic!("{report}"),
        Err(error) => panic!("{error}{}", cause(&error)),
    }
}

/// Panics unless `folder` holds the schemas of `E` in its version, as the types say them now: a contract that changed
/// needs another version, above all that are committed of its major. Words for people may change without one. With
/// `UPDATE_CONTRACTS` set, writes the files that are not there; none is ever overwritten.
///
/// # Panics
///
/// When a file is missing or says something else, when a later version of the same major is committed, and when a file
/// cannot be read or written.
#[cfg(feature = "schema")]
#[track_caller]
pub fn assert_committed<E: crate::Event + schemars::JsonSchema>(folder: impl AsRef<Path>) {
    use crate::schema::without_words;
    let folder = folder.as_ref().join(E::TYPE);
    if let Some(later) = later_than(E::VERSION, &folder) {
        panic!(
            "{} holds version {later} already: the version of {} went back to {}",
            folder.display(),
            E::TYPE,
            E::VERSION
        );
    }
    let halves = [
        ("written", crate::schema::written::<E>()),
        ("read", crate::schema::read::<E>()),
    ];
    for (half, now) in halves {
        let path = folder.join(format!("{}.{half}.json", E::VERSION));
        if std::env::var_os("UPDATE_CONTRACTS").is_some() && !path.exists() {
            let done = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, format!("{now:#}\n")));
            done.unwrap_or_else(|cause| panic!("{} cannot be written: {cause}", path.display()));
        }
        let now = without_words(now);
        match schema(&path).map(without_words) {
            Ok(committed) if committed == now => {}
            Ok(_) => panic!(
                "{} is not what the type says now: raise the version of {}, and write its files with \
                 UPDATE_CONTRACTS=1",
                path.display(),
                E::TYPE
            ),
            Err(error) => panic!(
                "{error}{}; a new version's files are written with UPDATE_CONTRACTS=1",
                cause(&error)
            ),
        }
    }
}

/// A version of the same major that is committed and later; of a folder that is not there yet none is.
#[cfg(feature = "schema")]
fn later_than(version: Version, folder: &Path) -> Option<Version> {
    let committed = entries(folder).unwrap_or_default();
    let mut versions = committed.iter().filter_map(|path| Some(half(path)?.0));
    versions.find(|other| other.major == version.major && *other > version)
}

/// Reads every type's history in `folder` and [checks](History::check) it.
///
/// # Errors
///
/// When the folder cannot be read, holds no contract (a check of nothing would pass for ever), or holds a file that
/// is not one half of a version.
pub fn check(folder: impl AsRef<Path>, mode: Mode) -> Result<Report, Error> {
    let folder = folder.as_ref();
    let histories = histories(folder)?;
    if histories.is_empty() {
        return Err(Error::new(folder, "no contract in this folder"));
    }
    Ok(Report::of(&histories, mode))
}

/// Reads the history of every type in `folder`, sorted by name.
///
/// # Errors
///
/// When the folder cannot be read, or holds a file that is not one half of a version.
pub fn histories(folder: impl AsRef<Path>) -> Result<Vec<History>, Error> {
    let mut histories = Vec::new();
    for path in entries(folder.as_ref())? {
        if path.is_dir() {
            histories.push(history(&path)?);
        }
    }
    Ok(histories)
}

fn history(folder: &Path) -> Result<History, Error> {
    let mut halves: BTreeMap<Version, (Option<Value>, Option<Value>)> = BTreeMap::new();
    for path in entries(folder)? {
        let (version, is_written) = half(&path).ok_or_else(|| {
            Error::new(
                &path,
                "not named `<major>.<minor>.written.json` or `<major>.<minor>.read.json`",
            )
        })?;
        let (written, read) = halves.entry(version).or_default();
        let place = if is_written { written } else { read };
        *place = Some(schema(&path)?);
    }
    let mut history = History::new(name(folder));
    for (version, halves) in halves {
        let (Some(written), Some(read)) = halves else {
            return Err(Error::new(folder, format!("version {version} has one half only")));
        };
        history = history.with_version(version, written, read);
    }
    Ok(history)
}

/// The version that a file belongs to, and whether it is what that version writes.
fn half(path: &Path) -> Option<(Version, bool)> {
    let name = name(path);
    let (version, is_written) = match name.strip_suffix(".written.json") {
        Some(version) => (version, true),
        None => (name.strip_suffix(".read.json")?, false),
    };
    let version: Version = version
        .parse()
        .ok()
        .filter(|read: &Version| read.to_string() == version)?;
    Some((version, is_written))
}

fn schema(path: &Path) -> Result<Value, Error> {
    let text =
        fs::read(path).map_err(|cause| Error::new(path, "the schema cannot be read").caused_by(cause))?;
    serde_json::from_slice(&text).map_err(|cause| Error::new(path, "the schema is not JSON").caused_by(cause))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |cause| Error::new(folder, "the folder cannot be read").caused_by(cause);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn cause(error: &dyn std::error::Error) -> String {
    error
        .source()
        .map_or_else(String::new, |cause| format!(": {cause}"))
}
