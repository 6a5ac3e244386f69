//! A process that is killed in the middle of writing.

use crate::support::{Folder, message, open};
use event_contracts::MessageId;
use event_messaging::{Admission, InboxEntry, InboxStore, OutboxStore};
use event_messaging_sqlite::SqliteStore;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

const FILE: &str = "EVENT_MESSAGING_SQLITE_TEST_FILE";

/// Handles messages, each with an event as its effect, and says how many it has committed.
async fn handle_on_and_on(file: &Path) {
    let store = open(file).await;
    let mut last = last(&store).await;
    loop {
        last += 1;
        let id = MessageId::new(format!("in#{last}")).unwrap();
        let mut transaction = store.begin().await.unwrap();
        let admission = store
            .admit(&mut transaction, InboxEntry::new("test", &id, "in"))
            .await;
        assert_eq!(admission.unwrap(), Admission::New);
        let sequence = store.next_sequence(&mut transaction, "out").await.unwrap();
        let mut effect = message(&format!("out#{sequence}"));
        effect.sequence = Some(sequence);
        effect.body = vec![b'x'; 10_000].into();
        store.enqueue(&mut transaction, &effect).await.unwrap();
        store.commit(transaction).await.unwrap();
        println!("committed {sequence}");
        let rows = store.claim(10, Duration::from_secs(30)).await.unwrap();
        let leases: Vec<_> = rows.iter().map(|row| row.lease).collect();
        store.mark_sent(&leases).await.unwrap();
    }
}

async fn last(store: &SqliteStore) -> i64 {
    number(store, "SELECT coalesce(max(last), 0) FROM messaging_sequences").await
}

async fn number(store: &SqliteStore, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(store.readers()).await.unwrap()
}

/// Not a test: what the child does.
#[tokio::test]
async fn child() {
    if let Some(file) = std::env::var_os(FILE) {
        handle_on_and_on(Path::new(&file)).await;
    }
}

#[tokio::test]
async fn a_file_survives_that_its_writer_is_killed_again_and_again() {
    let folder = Folder::new();
    for kill in 1..=5 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::child", "--nocapture"])
            .env(FILE, folder.file())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut committed = 0;
        for _ in 0..20 * kill {
            let line = lines
                .next_line()
                .await
                .unwrap()
                .expect("the child goes on until it is killed");
            if let Some(sequence) = line.strip_prefix("committed ") {
                committed = sequence.parse().unwrap();
            }
        }
        child.start_kill().unwrap();
        child.wait().await.unwrap();

        let store = open(&folder.file()).await;
        let check: String = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(store.readers())
            .await
            .unwrap();
        assert_eq!(check, "ok");
        let last = last(&store).await;
        assert!(
            last >= committed,
            "{last} of {committed}: what was committed is there"
        );
        let rows = "SELECT count(*) FROM messaging_outbox WHERE message_id = 'out#' || sequence";
        let handled = "SELECT count(*) FROM messaging_inbox";
        assert_eq!(
            [number(&store, rows).await, number(&store, handled).await],
            [last, last]
        );
        store.close().await;
    }
}
