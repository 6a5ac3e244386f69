use std::error::Error as StdError;
use std::fmt;

/// The database failed, or holds what this version cannot read. What was not committed was not changed.
#[derive(Debug)]
pub struct Error(Kind);

#[derive(Debug)]
enum Kind {
    Database(sqlx::Error),
    Migration(sqlx::migrate::MigrateError),
    Column {
        name: &'static str,
        cause: Box<dyn StdError + Send + Sync>,
    },
    Encode(Box<dyn StdError + Send + Sync>),
}

impl Error {
    /// A column holds something that is not of its kind.
    pub(crate) fn column(name: &'static str, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Kind::Column {
            name,
            cause: cause.into(),
        })
    }

    pub(crate) fn encode(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Kind::Encode(cause.into()))
    }

    pub(crate) fn database(cause: sqlx::Error) -> Self {
        Self(Kind::Database(cause))
    }

    pub(crate) fn migration(cause: sqlx::migrate::MigrateError) -> Self {
        Self(Kind::Migration(cause))
    }

    /// Whether somebody else has had the database, or its one connection that writes, for too long: a handler that
    /// takes its time within a transaction, for one. Trying again later may succeed.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match &self.0 {
            Kind::Database(sqlx::Error::PoolTimedOut) => true,
            // SQLITE_BUSY, with or without its extended codes.
            Kind::Database(sqlx::Error::Database(cause)) => cause
                .code()
                .and_then(|code| code.parse::<u32>().ok())
                .is_some_and(|code| code & 0xff == 5),
            _ => false,
        }
    }

    /// Whether a message with this id is in the outbox already: an event must be written once.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(&self.0, Kind::Database(sqlx::Error::Database(cause)) if cause.is_unique_violation())
    }

    /// Whether the tables could not be brought up to date: a newer version of this crate has changed them, for one.
    #[must_use]
    pub fn is_migration(&self) -> bool {
        matches!(self.0, Kind::Migration(_))
    }

    /// Whether a row holds what this version cannot read.
    #[must_use]
    pub fn is_column(&self) -> bool {
        matches!(self.0, Kind::Column { .. })
    }

    /// Whether a value could not be written: an event that is no JSON, a number above `i64::MAX`.
    #[must_use]
    pub fn is_encode(&self) -> bool {
        matches!(self.0, Kind::Encode(_))
    }
}

/// An event that [`append`](event_messaging::OutboxWriter::append) could not write.
impl From<event_messaging::Error> for Error {
    fn from(cause: event_messaging::Error) -> Self {
        Self::encode(cause)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Database(_) => f.write_str("the database failed"),
            Kind::Migration(_) => f.write_str("the messaging tables could not be brought up to date"),
            Kind::Column { name, .. } => write!(f, "the column {name} holds what this version cannot read"),
            Kind::Encode(_) => f.write_str("a value could not be written"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            Kind::Database(cause) => Some(cause),
            Kind::Migration(cause) => Some(cause),
            Kind::Column { cause, .. } | Kind::Encode(cause) => Some(cause.as_ref()),
        }
    }
}
