//! One writer at a time.

use crate::support::{Folder, message, open, write};
use event_messaging::OutboxStore;
use event_messaging_sqlite::{SqliteOptions, SqliteStore};
use std::time::Duration;

#[tokio::test]
async fn a_database_that_another_process_keeps_locked_is_busy() {
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    let options = SqliteOptions::file(folder.file()).with_busy_timeout(Duration::from_millis(1));
    let impatient = SqliteStore::open(options).await.unwrap();
    write(&store, &["a#1"]).await;

    let transaction = store.begin().await.unwrap();
    let error = impatient.begin().await.unwrap_err();
    assert!(error.is_busy(), "{error:?}");
    let error = impatient.claim(1, Duration::from_secs(1)).await.unwrap_err();
    assert!(error.is_busy(), "{error:?}");
    // Reading goes on.
    assert_eq!(impatient.backlog().await.unwrap().pending, 1);
    drop(transaction);
    assert_eq!(impatient.claim(1, Duration::from_secs(1)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_transaction_that_is_dropped_gives_the_next_one_its_turn() {
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    let mut transaction = store.begin().await.unwrap();
    store.enqueue(&mut transaction, &message("a#1")).await.unwrap();
    let (written, ()) = tokio::join!(
        async {
            let mut next = store.begin().await.unwrap();
            store.enqueue(&mut next, &message("a#1")).await.unwrap();
            next.commit().await
        },
        async { drop(transaction) }
    );
    written.unwrap();
    assert_eq!(store.backlog().await.unwrap().pending, 1);
}

#[tokio::test]
async fn closing_folds_the_log_into_the_file() {
    let folder = Folder::new();
    let store = open(&folder.file()).await;
    write(&store, &["a#1"]).await;
    store.close().await;
    assert!(!folder.file().with_extension("sqlite-wal").exists());
    assert_eq!(open(&folder.file()).await.backlog().await.unwrap().pending, 1);
}
