use std::error::Error as StdError;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why committed contracts could not be read.
///
/// The crate's own [`Error`](crate::Error) is about messages; this one is about files.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    what: String,
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(super) fn new(path: &Path, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            what: what.into(),
            cause: None,
        }
    }

    pub(super) fn caused_by(mut self, cause: impl StdError + Send + Sync + 'static) -> Self {
        self.cause = Some(Box::new(cause));
        self
    }

    /// The file or folder that it is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.what)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_ref().map(|cause| &**cause as _)
    }
}
