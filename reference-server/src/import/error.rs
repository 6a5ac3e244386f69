//! Why an import did nothing at all.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::report::Report;

/// Why an import did nothing at all: the source can't be read as a catalogue, a rule refused part of it and the
/// import is all-or-nothing, or the catalogue could not be written. In each case nothing is half imported.
///
/// `Display` is one line that names the source and says what to do.
pub struct ImportError(Box<Kind>);

#[derive(Debug)]
enum Kind {
    Unreadable {
        path: PathBuf,
        cause: io::Error,
    },
    Malformed {
        source: String,
        problem: String,
        cause: Option<Box<dyn StdError + Send + Sync>>,
    },
    Refused(Report),
    Store {
        source: String,
        cause: Box<dyn StdError + Send + Sync>,
    },
}

impl ImportError {
    /// The file is missing, a folder, or not allowed to be read.
    pub fn is_unreadable(&self) -> bool {
        matches!(*self.0, Kind::Unreadable { .. })
    }

    /// The source is empty, not UTF-8, broken JSON, or not in a format that is known. It must be mended.
    pub fn is_malformed(&self) -> bool {
        matches!(*self.0, Kind::Malformed { .. })
    }

    /// Rules refused part of the source; [`report`](Self::report) has the list. Mend the rows named there, or
    /// import the rest with [`ImportOptions::keep_going`](super::ImportOptions::keep_going).
    pub fn is_refused(&self) -> bool {
        matches!(*self.0, Kind::Refused(_))
    }

    /// The catalogue could not be read or written; the transaction was rolled back. Try again once it can.
    pub fn is_store(&self) -> bool {
        matches!(*self.0, Kind::Store { .. })
    }

    /// What was refused, when that is why.
    pub fn report(&self) -> Option<&Report> {
        match &*self.0 {
            Kind::Refused(report) => Some(report),
            _ => None,
        }
    }

    pub(crate) fn unreadable(path: impl Into<PathBuf>, cause: io::Error) -> Self {
        Self(Box::new(Kind::Unreadable {
            path: path.into(),
            cause,
        }))
    }

    pub(crate) fn malformed(source: &str, problem: impl Into<String>) -> Self {
        Self(Box::new(Kind::Malformed {
            source: source.to_owned(),
            problem: problem.into(),
            cause: None,
        }))
    }

    pub(crate) fn malformed_because(
        source: &str,
        problem: impl Into<String>,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        let kind = Kind::Malformed {
            source: source.to_owned(),
            problem: problem.into(),
            cause: Some(cause.into()),
        };
        Self(Box::new(kind))
    }

    pub(crate) fn refused(report: Report) -> Self {
        Self(Box::new(Kind::Refused(report)))
    }

    pub(crate) fn store(source: &str, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Box::new(Kind::Store {
            source: source.to_owned(),
            cause: cause.into(),
        }))
    }
}

impl fmt::Debug for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ImportError").field(&self.0).finish()
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Unreadable { path, cause } => {
                let advice = match cause.kind() {
                    io::ErrorKind::NotFound => "there is no such file; check the path",
                    io::ErrorKind::IsADirectory => "it is a folder; name a CSV or JSON file in it",
                    io::ErrorKind::PermissionDenied => "reading it is not allowed; check its permissions",
                    io::ErrorKind::FileTooLarge => "it is too large for one import; split it",
                    _ => "it can't be read; check the file and its disk",
                };
                write!(f, "nothing was imported from {}: {advice}", path.display())
            }
            Kind::Malformed { source, problem, .. } => {
                write!(f, "nothing was imported from {source}: {problem}")
            }
            Kind::Refused(report) => write!(
                f,
                "nothing was imported from {}: {} rows or entries were refused, the first at {}; \
                 mend them, or keep going to import the rest",
                report.source,
                report.refusals.len(),
                report
                    .refusals
                    .first()
                    .map_or_else(String::new, ToString::to_string),
            ),
            Kind::Store { source, .. } => {
                write!(
                    f,
                    "nothing was imported from {source}: the catalogue could not be written"
                )
            }
        }
    }
}

impl StdError for ImportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Kind::Unreadable { cause, .. } => Some(cause),
            Kind::Malformed { cause, .. } => cause.as_deref().map(|cause| cause as _),
            Kind::Refused(_) => None,
            Kind::Store { cause, .. } => Some(cause.as_ref()),
        }
    }
}
