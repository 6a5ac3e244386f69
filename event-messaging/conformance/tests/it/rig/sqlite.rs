use event_contracts::MessageId;
use event_messaging::HandlerError;
use event_messaging_conformance::faults::{Database, Effect};
use event_messaging_sqlite::{SqliteOptions, SqliteStore, Synchronous, Transaction};
use sqlx::Row;
use std::path::Path;

/// One file for writer and consumer.
pub(crate) struct Sqlite(SqliteStore);

const EFFECTS: &str = "CREATE TABLE IF NOT EXISTS effects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL, sequence INTEGER NOT NULL, message_id TEXT NOT NULL, process TEXT NOT NULL
)";

impl Database for Sqlite {
    type Transaction = Transaction;

    type Outbox = SqliteStore;

    type Inbox = SqliteStore;

    async fn open(folder: &Path) -> Self {
        // Processes die here, and no machine does.
        let options = SqliteOptions::file(folder.join("store.db")).with_synchronous(Synchronous::Normal);
        let store = SqliteStore::open(options).await.unwrap();
        sqlx::query(EFFECTS).execute(store.writer()).await.unwrap();
        Self(store)
    }

    fn outbox(&self) -> SqliteStore {
        self.0.clone()
    }

    fn inbox(&self) -> SqliteStore {
        self.0.clone()
    }

    async fn write_effect(transaction: &mut Transaction, effect: &Effect) -> Result<(), HandlerError> {
        sqlx::query("INSERT INTO effects (key, sequence, message_id, process) VALUES (?, ?, ?, ?)")
            .bind(&effect.key)
            .bind(i64::try_from(effect.sequence)?)
            .bind(effect.message_id.as_str())
            .bind(&effect.process)
            .execute(&mut **transaction)
            .await?;
        Ok(())
    }

    async fn last_sequence(transaction: &mut Transaction, key: &str) -> Result<Option<u64>, HandlerError> {
        let last: Option<i64> = sqlx::query("SELECT max(sequence) FROM effects WHERE key = ?")
            .bind(key)
            .fetch_one(&mut **transaction)
            .await?
            .try_get(0)?;
        Ok(last.map(i64::unsigned_abs))
    }

    async fn effects(&self) -> Vec<Effect> {
        // One writes at a time, so the ids are in the order of the commits.
        let rows = sqlx::query("SELECT key, sequence, message_id, process FROM effects ORDER BY id")
            .fetch_all(self.0.readers())
            .await
            .unwrap();
        let effect = |row: sqlx::sqlite::SqliteRow| Effect {
            key: row.get("key"),
            sequence: row.get::<i64, _>("sequence").unsigned_abs(),
            message_id: MessageId::new(row.get::<String, _>("message_id")).unwrap(),
            process: row.get("process"),
        };
        rows.into_iter().map(effect).collect()
    }
}
