use std::error::Error as StdError;
use std::fmt;

/// The database failed, or holds what this version cannot read. Nothing was changed.
#[derive(Debug)]
pub(crate) struct StoreError(Kind);

#[derive(Debug)]
enum Kind {
    Database(sqlx::Error),
    Migration(sqlx::migrate::MigrateError),
    Outbox(event_messaging_sqlite::Error),
    Column {
        name: &'static str,
        cause: Box<dyn StdError + Send + Sync>,
    },
    Encode(Box<dyn StdError + Send + Sync>),
}

impl StoreError {
    /// A column holds something that is not of its kind.
    pub(super) fn column(name: &'static str, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Kind::Column {
            name,
            cause: cause.into(),
        })
    }

    /// Whether somebody else has had the database for too long; trying again later may succeed.
    pub(crate) fn is_busy(&self) -> bool {
        match &self.0 {
            Kind::Database(sqlx::Error::PoolTimedOut) => true,
            // SQLITE_BUSY, with or without its extended codes.
            Kind::Database(sqlx::Error::Database(cause)) => cause
                .code()
                .and_then(|code| code.parse::<u32>().ok())
                .is_some_and(|code| code & 0xff == 5),
            Kind::Outbox(cause) => cause.is_busy(),
            _ => false,
        }
    }

    /// A value cannot be written.
    pub(crate) fn encode(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Kind::Encode(cause.into()))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(cause: sqlx::Error) -> Self {
        Self(Kind::Database(cause))
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(cause: sqlx::migrate::MigrateError) -> Self {
        Self(Kind::Migration(cause))
    }
}

impl From<event_messaging_sqlite::Error> for StoreError {
    fn from(cause: event_messaging_sqlite::Error) -> Self {
        Self(Kind::Outbox(cause))
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Database(_) => f.write_str("the database failed"),
            Kind::Migration(_) => f.write_str("the database's tables could not be brought up to date"),
            Kind::Outbox(_) => f.write_str("the outbox failed"),
            Kind::Column { name, .. } => write!(f, "the column {name} holds what this version cannot read"),
            Kind::Encode(_) => f.write_str("a value could not be written"),
        }
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            Kind::Database(cause) => Some(cause),
            Kind::Migration(cause) => Some(cause),
            Kind::Outbox(cause) => Some(cause),
            Kind::Column { cause, .. } | Kind::Encode(cause) => Some(cause.as_ref()),
        }
    }
}
