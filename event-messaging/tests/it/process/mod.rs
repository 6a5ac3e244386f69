//! The broker as a process of its own: clients die, the server dies, and nothing that was confirmed is lost.
//!
//! Real sockets and real processes, so this is the one place without a paused clock. Nothing is measured by time.

mod journal;
mod log;
mod queue;

use crate::support::message;
use event_messaging::memory::process::{Client, RemoteConsumer, RemotePublisher, Server};
use event_messaging::{
    Delivery, LogEvent, LogSource, OutboundMessage, Outcome, Publisher, Record, Source, clock,
};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const TOPIC: &str = "product.events";

/// A folder of a test, removed afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("messaging-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn socket(&self) -> PathBuf {
        self.0.join("broker.sock")
    }

    fn journal(&self) -> PathBuf {
        self.0.join("broker.journal")
    }

    fn client(&self) -> Client {
        Client::new(self.socket())
    }

    /// A server in this process.
    fn serve(&self) -> tokio::task::JoinHandle<std::io::Result<()>> {
        let server = Server::bind(&self.socket(), None).unwrap();
        tokio::spawn(server.run(std::future::pending()))
    }

    /// A part of this test program in a process of its own.
    fn process(&self, part: &str) -> Process {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", part, "--ignored", "--nocapture"])
            .env("MESSAGING_FOLDER", &self.0)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        Process(child)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Killed, as with -9, when it is dropped.
struct Process(Child);

impl Process {
    fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

fn folder_of_the_test() -> PathBuf {
    PathBuf::from(std::env::var_os("MESSAGING_FOLDER").expect("run by another test"))
}

#[tokio::test]
#[ignore = "a part of other tests: the server's process"]
async fn part_server() {
    let folder = folder_of_the_test();
    let journal = folder.join("broker.journal");
    let server = Server::bind(&folder.join("broker.sock"), Some(&journal)).unwrap();
    // Written anew so often that it is killed in the middle of that, too.
    let server = server.with_journal_limit(20_000);
    server.run(std::future::pending()).await.unwrap();
}

#[tokio::test]
#[ignore = "a part of other tests: a consumer's process that takes three messages and settles none"]
async fn part_consumer() {
    let folder = folder_of_the_test();
    let mut consumer = Client::new(folder.join("broker.sock")).consumer("q", 3);
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(consumer.recv().await.unwrap().unwrap());
    }
    std::fs::write(folder.join("held"), "").unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test]
#[ignore = "a part of other tests: a log consumer's process that commits one record and dies holding its partitions"]
async fn part_log_consumer() {
    let folder = folder_of_the_test();
    let mut consumer = Client::new(folder.join("broker.sock")).log_consumer("group", TOPIC);
    loop {
        if let Some(LogEvent::Record(record)) = consumer.next().await.unwrap() {
            consumer
                .commit(record.partition(), record.offset() + 1)
                .await
                .unwrap();
            break;
        }
    }
    std::fs::write(folder.join("held"), "").unwrap();
    std::future::pending::<()>().await;
}

async fn exists(path: &Path) {
    while !path.exists() {
        clock::sleep(Duration::from_millis(5)).await;
    }
}

async fn declare(client: &Client, shards: usize) {
    client.declare_sharded_queue("q", shards, 10_000).await.unwrap();
    client.bind("q", TOPIC, "#").await.unwrap();
}

fn of_key(key: &str, sequences: std::ops::RangeInclusive<u64>) -> Vec<OutboundMessage> {
    sequences.map(|sequence| message(key, sequence)).collect()
}

/// As a relay does: what was not confirmed is sent again.
async fn until_sent(publisher: &RemotePublisher, mut batch: Vec<OutboundMessage>) {
    while !batch.is_empty() {
        let outcomes = publisher.publish(batch.clone()).await;
        let mut outcomes = outcomes.into_iter();
        batch.retain(|_| outcomes.next() != Some(Outcome::Sent));
    }
}

async fn take(consumer: &mut RemoteConsumer) -> String {
    let delivery = consumer.recv().await.unwrap().unwrap();
    let id = delivery.message().message_id.to_string();
    // Where the server is killed the acknowledgement may get lost: the message comes again.
    let acknowledged = delivery.ack().await;
    assert!(acknowledged.is_ok() || acknowledged.is_err_and(|error| error.is_disconnected()));
    id
}
