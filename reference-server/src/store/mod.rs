//! The catalogue in SQLite: one connection that writes, a few that read, and the tables of `migrations/`.
//!
//! The modules beside this one hold the SQL, a file for each table; they take a connection, so that whoever calls
//! them decides what belongs to one transaction.

pub(crate) mod audit;
pub(crate) mod categories;
mod error;
pub(crate) mod idempotency;
mod location;
mod migrations;
pub(crate) mod prices;
mod product_filter;
pub(crate) mod products;
mod row;
pub(crate) mod schedule;
pub(crate) mod variants;

pub(crate) use error::StoreError;
pub(crate) use location::{InvalidDatabase, Location};
pub(crate) use product_filter::{ProductFilter, SortField, SortKey};

use event_messaging_sqlite::SqliteStore;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Sqlite, Transaction};
use std::time::Duration;

/// How long a connection waits for a lock that another process holds on the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a change waits for the one before: a long import, for one.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// The open database. Cloning shares it.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    /// A single connection: whoever has it, writes.
    writer: SqlitePool,
    /// The same as `writer` for a database in memory, which lives in one connection.
    readers: SqlitePool,
    outbox: SqliteStore,
}

impl Store {
    /// Opens or creates the database, and brings its tables up to date.
    pub(crate) async fn open(location: &Location, readers: u32) -> Result<Self, StoreError> {
        let options = match location {
            Location::Memory => SqliteConnectOptions::new().in_memory(true).shared_cache(false),
            Location::File(path) => SqliteConnectOptions::new()
                .filename(path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // What was answered survives a power cut too: each commit waits for the disk.
                .synchronous(SqliteSynchronous::Full),
        }
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(200);

        let writer = pool(1).connect_with(options.clone()).await?;
        let readers = match location {
            Location::Memory => writer.clone(),
            Location::File(_) => pool(readers).connect_with(options.read_only(true)).await?,
        };
        let outbox = SqliteStore::new(writer.clone(), readers.clone());
        outbox.migrate().await?;
        migrations::run(&writer).await?;
        Ok(Self {
            writer,
            readers,
            outbox,
        })
    }

    /// A connection that only reads. With a database in memory it is the one that writes, so never wait for it
    /// while holding a transaction.
    pub(crate) async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    /// Begins a transaction that may write; waits until the one before has ended. Dropping it rolls it back.
    pub(crate) async fn writer(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// The events that are written beside the catalogue, for whoever sends them. In a transaction, it writes through
    /// that.
    pub(crate) fn outbox(&self) -> &SqliteStore {
        &self.outbox
    }

    /// Whether what the interface answers from can be read.
    pub(crate) async fn check(&self) -> Result<(), StoreError> {
        sqlx::query(
            "SELECT EXISTS (SELECT 1 FROM products), EXISTS (SELECT 1 FROM variants), \
            EXISTS (SELECT 1 FROM prices), EXISTS (SELECT 1 FROM categories)",
        )
        .execute(&self.readers)
        .await?;
        Ok(())
    }

    /// Ends all connections; the write-ahead log is folded into the file.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A database in memory ends with its connection, and a file's connection does not age.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}
