//! The Order Service's database: one connection that writes, a few that read.

use crate::failure::Failure;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Row, Sqlite, Transaction};
use std::path::Path;
use std::time::Duration;

/// Readers beside the writer; SQLite in WAL mode lets them run while something is written.
const READERS: u32 = 4;

/// The open database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Store {
    /// Makes the database file and its tables.
    ///
    /// # Errors
    ///
    /// When the file cannot be made or holds something else.
    pub async fn create(path: &Path) -> Result<Self, Failure> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An order that was confirmed survives a power cut: each commit waits for the disk.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let failed = |cause| {
            Failure::because(
                format!("cannot make the order database {}", path.display()),
                cause,
            )
        };
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await
            .map_err(failed)?;
        sqlx::raw_sql(include_str!("schema.sql"))
            .execute(&writer)
            .await
            .map_err(failed)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await
            .map_err(failed)?;
        Ok(Self { writer, readers })
    }

    /// Begins a transaction on the one connection that writes; dropping it undoes it.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached.
    pub async fn write(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// The connections that only read.
    #[must_use]
    pub fn read(&self) -> &SqlitePool {
        &self.readers
    }

    /// Closes every connection, so that the file stands alone.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// A text column as the type that wrote it.
pub(super) fn parsed<T>(row: &SqliteRow, column: &str) -> Result<T, sqlx::Error>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|cause| sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: Box::new(cause),
    })
}
