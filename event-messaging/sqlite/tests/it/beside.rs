//! Beside the application's own tables, in its own pool and transactions.

use crate::support::{Folder, message, open, write};
use event_contracts::MessageId;
use event_messaging::{InboxStore, NewlyParked, OutboxStore, ParkedContent};
use event_messaging_sqlite::SqliteStore;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool};
use std::borrow::Cow;
use std::time::Duration;

async fn pool(folder: &Folder) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(folder.file())
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    SqlitePool::connect_with(options).await.unwrap()
}

/// The application's own migrations, numbered from 1 as those of the store are.
async fn migrate(pool: &SqlitePool) {
    let migration = Migration::new(
        1,
        Cow::Borrowed("orders"),
        MigrationType::Simple,
        sqlx::SqlStr::from_static(
            "CREATE TABLE orders (id TEXT PRIMARY KEY); CREATE TABLE outbox (mine TEXT);",
        ),
        false,
    );
    Migrator::with_migrations(vec![migration])
        .run(pool)
        .await
        .unwrap();
}

async fn orders(pool: &SqlitePool) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM orders")
        .fetch_one(pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_application_migrates_before_and_after_and_again() {
    let folder = Folder::new();
    let pool = pool(&folder).await;
    let store = SqliteStore::new(pool.clone(), pool.clone());
    for _ in 0..2 {
        migrate(&pool).await;
        store.migrate().await.unwrap();
    }
    write(&store, &["a#1"]).await;
    assert_eq!(store.backlog().await.unwrap().pending, 1);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_holds_its_key_and_no_other() {
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    // Written by SQL of the application's own.
    sqlx::query(
        "INSERT INTO messaging_outbox (message_id, exchange, routing_key, key, headers, created_at, body) \
        VALUES ('a#1', 'e', 'r', 'a', '{\"number\": 1}', 0, x'')",
    )
    .execute(store.writer())
    .await
    .unwrap();
    write(&store, &["a#2", "b#1"]).await;
    let claimed = store.claim(10, Duration::from_secs(30)).await.unwrap();
    let ids: Vec<_> = claimed
        .iter()
        .map(|row| row.message.message_id.as_str())
        .collect();
    assert_eq!(ids, ["b#1"]);
    assert_eq!(store.claim(10, Duration::from_secs(30)).await.unwrap(), []);
    let stuck = store.stuck(10).await.unwrap();
    assert_eq!(stuck.len(), 1);
    assert_eq!(
        (&*stuck[0].message_id, &*stuck[0].last_error),
        ("a#1", "the column headers holds what this version cannot read")
    );
}

#[tokio::test]
async fn a_change_and_its_event_are_one_transaction_of_the_application() {
    let folder = Folder::new();
    let pool = pool(&folder).await;
    migrate(&pool).await;
    let store = SqliteStore::new(pool.clone(), pool.clone());
    store.migrate().await.unwrap();
    for is_committed in [false, true] {
        let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
        sqlx::query("INSERT INTO orders VALUES ('o-1')")
            .execute(&mut *transaction)
            .await
            .unwrap();
        let sequence = store.next_sequence(&mut transaction, "o-1").await.unwrap();
        assert_eq!(sequence, 1);
        store.enqueue(&mut transaction, &message("o-1#1")).await.unwrap();
        if is_committed {
            transaction.commit().await.unwrap();
        } else {
            drop(transaction);
        }
        let committed = u64::from(is_committed);
        assert_eq!(store.backlog().await.unwrap().pending, committed);
        assert_eq!(orders(&pool).await.unsigned_abs(), committed);
    }
}

#[tokio::test]
async fn tables_of_a_newer_version_are_refused() {
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    sqlx::query(
        "INSERT INTO messaging_versions (version, description, success, checksum, execution_time) \
        VALUES (99, 'from the future', TRUE, x'00', 0)",
    )
    .execute(store.writer())
    .await
    .unwrap();
    let error = store.migrate().await.unwrap_err();
    assert!(error.is_migration(), "{error:?}");
}

#[tokio::test]
async fn a_message_is_written_once() {
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    write(&store, &["a#1"]).await;
    let mut transaction = store.begin().await.unwrap();
    let error = store
        .enqueue(&mut transaction, &message("a#1"))
        .await
        .unwrap_err();
    assert!(error.is_duplicate(), "{error:?}");
    let mut huge = message("a#2");
    huge.sequence = Some(u64::MAX);
    let error = store.enqueue(&mut transaction, &huge).await.unwrap_err();
    assert!(error.is_encode(), "{error:?}");
}

async fn park(store: &SqliteStore, ids: &[&str]) {
    for id in ids {
        let key = id.split('#').next().unwrap();
        let id = MessageId::new(*id).unwrap();
        let content = ParkedContent::new(id, "product.events", "product.updated", "{}");
        let mut transaction = store.begin().await.unwrap();
        let parked = NewlyParked::behind("test", key, &content);
        store.park(&mut transaction, parked).await.unwrap();
        transaction.commit().await.unwrap();
    }
}

async fn claim_one(store: &SqliteStore) -> Option<String> {
    let claimed = store.claim_parked("test", 1, Duration::from_secs(60)).await;
    let row = claimed.unwrap().pop()?;
    Some(row.content.message_id.to_string())
}

#[tokio::test]
async fn a_parked_row_that_cannot_be_read_keeps_its_key_parked_and_says_why_and_others_are_claimed() {
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    park(&store, &["bad#1", "worse#1", "bad#2", "a#1"]).await;
    sqlx::query(
        "UPDATE messaging_parked SET headers = 'not an object' WHERE message_id IN ('bad#1', 'worse#1')",
    )
    .execute(store.writer())
    .await
    .unwrap();
    assert_eq!(claim_one(&store).await.as_deref(), Some("a#1"));
    assert_eq!(claim_one(&store).await, None);
    let reason: String = sqlx::query_scalar("SELECT reason FROM messaging_parked WHERE message_id = 'bad#1'")
        .fetch_one(store.readers())
        .await
        .unwrap();
    assert_eq!(reason, "the column headers holds what this version cannot read");

    // Repaired, and deleted: what an operator may do.
    sqlx::query("UPDATE messaging_parked SET headers = '{}', lease_until = 0 WHERE message_id = 'worse#1'")
        .execute(store.writer())
        .await
        .unwrap();
    sqlx::query("DELETE FROM messaging_parked WHERE message_id = 'bad#1'")
        .execute(store.writer())
        .await
        .unwrap();
    assert_eq!(claim_one(&store).await.as_deref(), Some("worse#1"));
    assert_eq!(claim_one(&store).await.as_deref(), Some("bad#2"));
}

#[tokio::test]
async fn a_claim_without_a_lease_ends_though_a_row_cannot_be_read() {
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    park(&store, &["bad#1", "a#1"]).await;
    sqlx::query("UPDATE messaging_parked SET key = CAST(x'ff' AS TEXT) WHERE message_id = 'bad#1'")
        .execute(store.writer())
        .await
        .unwrap();
    let claimed = store.claim_parked("test", 10, Duration::ZERO).await.unwrap();
    assert_eq!(claimed.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_sent_is_seen_with_its_reason() {
    use event_messaging::{Outcome, Release};
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    write(&store, &["a#1", "b#1"]).await;
    assert_eq!(store.stuck(10).await.unwrap(), []);
    let rows = store.claim(10, Duration::from_secs(60)).await.unwrap();
    let failed = Release::new(rows[0].lease, Duration::ZERO, Some(Outcome::Unroutable));
    let untried = Release::new(rows[1].lease, Duration::ZERO, None);
    store.release(&[failed, untried]).await.unwrap();
    let rows = store.claim(10, Duration::from_secs(60)).await.unwrap();
    let untried = Release::new(rows[0].lease, Duration::ZERO, None);
    store.release(&[untried]).await.unwrap();
    let stuck = store.stuck(10).await.unwrap();
    assert_eq!(stuck.len(), 1);
    assert_eq!((stuck[0].message_id.as_str(), stuck[0].attempts), ("a#1", 1));
    assert_eq!(stuck[0].last_error, "unroutable");
}
