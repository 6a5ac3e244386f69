use crate::clock::WallClock;
use crate::{Error, SqliteOptions, Transaction, migrations};
use product_types::Timestamp;
use sqlx::SqlitePool;

/// Outbox, inbox and park in one database of SQLite. Cheap to clone; clones are the same store.
///
/// Several stores, in one process or in several, may be open on one file.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
    pub(crate) clock: WallClock,
}

impl SqliteStore {
    /// Opens or creates a database, and brings its tables up to date.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, or a newer version of this crate has changed its tables.
    pub async fn open(options: SqliteOptions) -> Result<Self, Error> {
        let (writer, readers) = options.connect().await.map_err(Error::database)?;
        let store = Self::new(writer, readers);
        store.migrate().await?;
        Ok(store)
    }

    /// A store in the application's own database: `writer` is the pool that writes, best of one connection, and
    /// `readers` one that may be read-only, or the same. [`migrate`](Self::migrate) it before it is used.
    ///
    /// The connections must be in WAL mode for several to read while one writes, and should be
    /// `synchronous = FULL`; see [`Synchronous`](crate::Synchronous).
    #[must_use]
    pub fn new(writer: SqlitePool, readers: SqlitePool) -> Self {
        Self {
            writer,
            readers,
            clock: WallClock::default(),
        }
    }

    /// Takes the time from `now` instead of the system's clock, for tests.
    #[must_use]
    pub fn with_clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = WallClock::new(now);
        self
    }

    /// Creates the tables, or brings them up to date. Their versions stand in `messaging_versions`, apart from those
    /// of the application's tables.
    ///
    /// # Errors
    ///
    /// When the database fails, or a newer version of this crate has changed the tables.
    pub async fn migrate(&self) -> Result<(), Error> {
        migrations::run(&self.writer).await
    }

    /// The pool that writes, for the application's own statements.
    #[must_use]
    pub fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    /// The pool that reads.
    #[must_use]
    pub fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Begins a transaction that may write (`BEGIN IMMEDIATE`); waits until the one before it has ended. Dropped, it
    /// rolls back.
    ///
    /// # Errors
    ///
    /// [`is_busy`](Error::is_busy) when the one before it takes too long.
    pub async fn begin(&self) -> Result<Transaction, Error> {
        self.writer
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(Error::database)
    }

    /// Ends all connections; the write-ahead log is folded into the file. Not needed for safety.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
