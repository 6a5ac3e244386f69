//! Two processes that write to one file of SQLite without a pause: neither starves.

use crate::rig::Sqlite;
use crate::stall::Folder;
use event_contracts::MessageId;
use event_messaging::{InboxStore, clock};
use event_messaging_conformance::faults::{Database, Effect};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How many transactions each has to make, before the other has made so many.
const ROUNDS: usize = 2_000;
const MOST: usize = 50 * ROUNDS;

/// Writes on and on, until the input ends.
#[tokio::test]
#[ignore = "a part of other tests, in a process of its own"]
async fn part_writer() {
    let Some(folder) = std::env::var_os("CONFORMANCE_WRITES").map(PathBuf::from) else {
        return;
    };
    let name = std::env::var("CONFORMANCE_NAME").unwrap();
    let database = Sqlite::open(&folder).await;
    let inbox = database.inbox();
    println!("two writers: ready");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    for sequence in 1.. {
        let effect = Effect {
            key: name.clone(),
            sequence,
            message_id: MessageId::new(format!("{name}#{sequence}")).unwrap(),
            process: name.clone(),
        };
        let mut transaction = inbox.begin().await.unwrap();
        Sqlite::write_effect(&mut transaction, &effect).await.unwrap();
        inbox.commit(transaction).await.unwrap();
    }
}

fn start(folder: &Path, name: &str) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "two_writers::part_writer", "--ignored", "--nocapture"])
        .env("CONFORMANCE_WRITES", folder)
        .env("CONFORMANCE_NAME", name)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("two writers: ready")));
    child
}

/// The lock of SQLite is not fair: who waits looks for it again after up to 100 ms, and may find it taken several times.
/// Bounded is how far the other gets meanwhile, and nobody waits for as long as the busy timeout, which would end him.
#[tokio::test]
async fn neither_of_two_processes_starves() {
    let folder = Folder::new();
    let database = Sqlite::open(folder.path()).await;
    let mut children = ["one", "two"].map(|name| start(folder.path(), name));
    for child in &mut children {
        child.stdin.as_mut().unwrap().write_all(b"go\n").unwrap();
    }
    loop {
        let mut counts = BTreeMap::from([("one".to_owned(), 0), ("two".to_owned(), 0)]);
        for effect in database.effects().await {
            *counts.entry(effect.process).or_default() += 1;
        }
        if counts.values().all(|count| *count >= ROUNDS) {
            break;
        }
        assert!(
            counts.values().all(|count| *count < MOST),
            "one of them starves: {counts:?}"
        );
        for child in &mut children {
            let ended = child.try_wait().unwrap();
            assert_eq!(
                ended, None,
                "one was kept waiting beyond the busy timeout: {counts:?}"
            );
        }
        clock::sleep(Duration::from_millis(50)).await;
    }
    for mut child in children {
        drop(child.stdin.take());
        let _ = child.wait();
    }
}
