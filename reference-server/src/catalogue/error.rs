use crate::domain::{Invalid, Refusal};
use crate::store::StoreError;
use std::error::Error as StdError;
use std::fmt;

/// The catalogue was not read or changed.
#[derive(Debug)]
pub(crate) enum CatalogueError {
    /// By its rules.
    Refused(Refusal),
    /// The database failed.
    Store(StoreError),
}

impl From<Refusal> for CatalogueError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Invalid> for CatalogueError {
    fn from(invalid: Invalid) -> Self {
        Self::Refused(invalid.into())
    }
}

impl From<StoreError> for CatalogueError {
    fn from(cause: StoreError) -> Self {
        Self::Store(cause)
    }
}

impl From<sqlx::Error> for CatalogueError {
    fn from(cause: sqlx::Error) -> Self {
        Self::Store(cause.into())
    }
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Store(_) => f.write_str("the catalogue could not be read or written"),
        }
    }
}

impl StdError for CatalogueError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Refused(_) => None,
            Self::Store(cause) => Some(cause),
        }
    }
}
