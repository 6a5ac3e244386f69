//! The two databases: the writer's, with its changes and the outbox; the consumer's, with its effects and the inbox.

use crate::Failure;
use crate::records::{Effect, Event};
use event_messaging_sqlite::{SqliteOptions, SqliteStore, Synchronous};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::path::Path;
use std::time::Duration;

const CHANGES: &str = "CREATE TABLE IF NOT EXISTS changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL, sequence INTEGER NOT NULL, message_id TEXT NOT NULL, process TEXT NOT NULL
)";

const EFFECTS: &str = "CREATE TABLE IF NOT EXISTS effects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL, sequence INTEGER NOT NULL, message_id TEXT NOT NULL, process TEXT NOT NULL,
    at_ms INTEGER NOT NULL
)";

pub(crate) async fn of_writers(folder: &Path) -> Result<SqliteStore, Failure> {
    open(folder, "writer.db", CHANGES).await
}

pub(crate) async fn of_consumers(folder: &Path) -> Result<SqliteStore, Failure> {
    open(folder, "consumer.db", EFFECTS).await
}

async fn open(folder: &Path, file: &str, table: &'static str) -> Result<SqliteStore, Failure> {
    // Processes die here and the machine does not, so a commit need not wait for the disk.
    let options = SqliteOptions::file(folder.join(file))
        .with_synchronous(Synchronous::Normal)
        .with_busy_timeout(Duration::from_secs(20));
    let store = SqliteStore::open(options).await?;
    sqlx::query(table).execute(store.writer()).await?;
    Ok(store)
}

pub(crate) async fn count(store: &SqliteStore, table: &'static str) -> Result<u64, Failure> {
    let statement = match table {
        "changes" => "SELECT coalesce(max(id), 0) FROM changes",
        _ => "SELECT coalesce(max(id), 0) FROM effects",
    };
    let count: i64 = sqlx::query(statement)
        .fetch_one(store.readers())
        .await?
        .try_get(0)?;
    Ok(count.unsigned_abs())
}

pub(crate) async fn changes(store: &SqliteStore) -> Result<Vec<Event>, Failure> {
    let rows = sqlx::query("SELECT key, sequence, message_id, process FROM changes ORDER BY id")
        .fetch_all(store.readers())
        .await?;
    rows.iter().map(event).collect()
}

/// In the order in which they were committed: one writes at a time, so that is the order of their numbers.
pub(crate) async fn effects(store: &SqliteStore) -> Result<Vec<Effect>, Failure> {
    let rows = sqlx::query("SELECT key, sequence, message_id, process, at_ms FROM effects ORDER BY id")
        .fetch_all(store.readers())
        .await?;
    let effect = |row: &SqliteRow| {
        Ok(Effect {
            event: event(row)?,
            at_ms: row.try_get::<i64, _>("at_ms")?.unsigned_abs(),
        })
    };
    rows.iter().map(effect).collect()
}

fn event(row: &SqliteRow) -> Result<Event, Failure> {
    Ok(Event {
        key: row.try_get("key")?,
        sequence: row.try_get::<i64, _>("sequence")?.unsigned_abs(),
        message_id: row.try_get("message_id")?,
        process: row.try_get("process")?,
    })
}
