use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::PathBuf;
use std::time::Duration;

/// Where the database is, and how it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SqliteOptions {
    /// The file, made when it is not there; `None` for a database in memory, which ends with the store.
    pub file: Option<PathBuf>,
    /// What a commit waits for. Default: the disk.
    pub synchronous: Synchronous,
    /// How many connections read beside the one that writes; at least 1. Default 4.
    pub readers: u32,
    /// How long a statement waits for a lock that another process holds on the file. Default 5 s.
    pub busy_timeout: Duration,
    /// How long a transaction waits for the one before it in this process. Default 30 s: that of a handler's
    /// deadline.
    pub acquire_timeout: Duration,
}

/// When a commit counts: `PRAGMA synchronous`. A process that is killed loses nothing either way; a machine that
/// loses power may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Synchronous {
    /// Every commit waits until it is on the disk. The default.
    #[default]
    Full,
    /// A commit waits for nobody; the disk follows at the next checkpoint. On a loss of power the last commits may be
    /// gone, the file stays whole. Then a change is lost together with its event; but a message whose inbox row is
    /// lost was acknowledged, and **its effect is gone for good**.
    Normal,
}

impl SqliteOptions {
    /// A database in `file`.
    #[must_use]
    pub fn file(file: impl Into<PathBuf>) -> Self {
        Self {
            file: Some(file.into()),
            synchronous: Synchronous::Full,
            readers: 4,
            busy_timeout: Duration::from_secs(5),
            acquire_timeout: Duration::from_secs(30),
        }
    }

    /// A database in memory, for tests: it has a single connection, so a transaction that is open keeps everything
    /// else waiting, reading too.
    #[must_use]
    pub fn memory() -> Self {
        Self {
            file: None,
            ..Self::file("")
        }
    }

    /// Sets what a commit waits for.
    #[must_use]
    pub fn with_synchronous(mut self, synchronous: Synchronous) -> Self {
        self.synchronous = synchronous;
        self
    }

    /// Sets how many connections read.
    #[must_use]
    pub fn with_readers(mut self, readers: u32) -> Self {
        self.readers = readers;
        self
    }

    /// Sets how long a statement waits for another process.
    #[must_use]
    pub fn with_busy_timeout(mut self, timeout: Duration) -> Self {
        self.busy_timeout = timeout;
        self
    }

    /// Sets how long a transaction waits for the one before it.
    #[must_use]
    pub fn with_acquire_timeout(mut self, timeout: Duration) -> Self {
        self.acquire_timeout = timeout;
        self
    }

    /// The pool that writes, of one connection, and the one that reads.
    pub(crate) async fn connect(&self) -> Result<(SqlitePool, SqlitePool), sqlx::Error> {
        let options = match &self.file {
            None => SqliteConnectOptions::new().in_memory(true).shared_cache(false),
            Some(file) => SqliteConnectOptions::new()
                .filename(file)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(match self.synchronous {
                    Synchronous::Full => SqliteSynchronous::Full,
                    Synchronous::Normal => SqliteSynchronous::Normal,
                }),
        }
        .foreign_keys(true)
        .busy_timeout(self.busy_timeout);
        let writer = self.pool(1).connect_with(options.clone()).await?;
        let readers = match self.file {
            None => writer.clone(),
            Some(_) => {
                let readers = self.pool(self.readers.max(1));
                readers.connect_with(options.read_only(true)).await?
            }
        };
        Ok((writer, readers))
    }

    fn pool(&self, connections: u32) -> SqlitePoolOptions {
        SqlitePoolOptions::new()
            .min_connections(1)
            .max_connections(connections)
            .acquire_timeout(self.acquire_timeout)
            // A database in memory ends with its connection, and a file's connection does not age.
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
    }
}
