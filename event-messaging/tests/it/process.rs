//! The broker as a process of its own: clients die, the server dies, and nothing that was confirmed is lost.
//!
//! Real sockets and real processes, so this is the one place without a paused clock. Nothing is measured by time.

use crate::support::message;
use event_messaging::memory::Retention;
use event_messaging::memory::process::{Client, RemoteConsumer, RemoteLogConsumer, RemotePublisher, Server};
use event_messaging::{
    Delivery, LogEvent, LogSource, OutboundMessage, Outcome, Partition, Publisher, Received, Record, Source,
};
use std::collections::BTreeSet;
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
        event_messaging::clock::sleep(Duration::from_millis(5)).await;
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

#[tokio::test]
async fn a_message_crosses_the_socket_whole() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client.declare_queue("q", 10).await.unwrap();
    client.bind("q", TOPIC, "product.#").await.unwrap();
    let mut sent = message("p", 1);
    sent.headers
        .insert("traceparent".to_owned(), "00-ab-cd-01".to_owned());
    assert_eq!(
        client.publisher().publish(vec![sent.clone()]).await,
        [Outcome::Sent]
    );
    let mut consumer = client.consumer("q", 1);
    let delivery = consumer.recv().await.unwrap().unwrap();
    assert_eq!(delivery.message(), &sent);
    assert_eq!(delivery.header("traceparent"), Some("00-ab-cd-01"));
    assert!(!delivery.is_redelivered());
    drop(delivery);
    let again = consumer.recv().await.unwrap().unwrap();
    assert_eq!((again.is_redelivered(), again.deliveries()), (true, 1));
    again.ack().await.unwrap();
    while client.depth("q").await.unwrap() != (0, 0) {}
}

#[tokio::test]
async fn outcomes_and_refusals_are_those_of_the_broker() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    assert!(
        client
            .bind("nowhere", TOPIC, "#")
            .await
            .unwrap_err()
            .to_string()
            .contains("nowhere")
    );
    let publisher = client.publisher();
    assert_eq!(publisher.publish(of_key("p", 1..=1)).await, [Outcome::Unroutable]);
    declare(&client, 1).await;
    let batch = (1..=2_500).map(|number| message("p", number)).collect();
    let outcomes = publisher.publish(batch).await;
    assert_eq!(
        outcomes,
        [Outcome::Sent; 2_500],
        "a batch beyond the window goes in pieces"
    );
    assert!(client.consumer("none", 1).recv().await.unwrap_err().is_deleted());
    let mut consumer = client.consumer("q", 1);
    for sequence in 1..=2_500 {
        assert_eq!(take(&mut consumer).await, format!("p#{sequence}"));
    }
    client.delete_queue("q").await.unwrap();
    assert!(consumer.recv().await.unwrap_err().is_deleted());
}

#[tokio::test]
async fn a_full_queue_pushes_the_publisher_back() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client.declare_queue("q", 1).await.unwrap();
    client.bind("q", TOPIC, "#").await.unwrap();
    let publisher = client.publisher();
    assert_eq!(
        publisher.publish(of_key("p", 1..=2)).await,
        [Outcome::Sent, Outcome::Nacked]
    );
}

#[tokio::test]
async fn without_a_server_a_publisher_answers_that_it_does_not_know() {
    let folder = Folder::new();
    let publisher = folder
        .client()
        .publisher()
        .with_answer_within(Duration::from_millis(50));
    assert_eq!(publisher.publish(of_key("p", 1..=2)).await, [Outcome::Unknown; 2]);
}

#[tokio::test]
async fn what_a_killed_consumer_held_comes_back_in_its_old_places() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    declare(&client, 1).await;
    let outcomes = client.publisher().publish(of_key("p", 1..=5)).await;
    assert_eq!(outcomes, [Outcome::Sent; 5]);
    let consumer = folder.process("process::part_consumer");
    exists(&folder.0.join("held")).await;
    let mut heir = client.consumer("q", 10);
    consumer.kill();
    for sequence in 1..=5 {
        assert_eq!(take(&mut heir).await, format!("p#{sequence}"));
    }
}

#[tokio::test]
async fn a_consumer_that_goes_gives_back_what_it_had_not_given_out() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    declare(&client, 1).await;
    client.publisher().publish(of_key("p", 1..=5)).await;
    let mut going = client.consumer("q", 4);
    let first = going.recv().await.unwrap().unwrap();
    drop(going);
    let mut heir = client.consumer("q", 4);
    first.ack().await.expect("it is still its own");
    for sequence in 2..=5 {
        assert_eq!(take(&mut heir).await, format!("p#{sequence}"));
    }
}

#[tokio::test]
async fn a_killed_server_comes_back_with_what_it_had_confirmed() {
    let folder = Folder::new();
    let server = folder.process("process::part_server");
    let client = folder.client();
    declare(&client, 4).await;
    let publisher = client.publisher();
    let mut consumer = client.consumer("q", 5);
    let mut handled = Vec::new();
    let mut servers = vec![server];
    for round in 0..4 {
        let batch: Vec<_> = ["a", "b", "c"]
            .iter()
            .flat_map(|key| of_key(key, round * 5 + 1..=round * 5 + 5))
            .collect();
        until_sent(&publisher, batch).await;
        for _ in 0..7 {
            handled.push(take(&mut consumer).await);
        }
        servers.pop().unwrap().kill();
        servers.push(folder.process("process::part_server"));
    }
    while handled.iter().collect::<BTreeSet<_>>().len() < 60 {
        handled.push(take(&mut consumer).await);
    }
    // What was acknowledged may have come again, in its old place; nothing is missing, and first times are in order.
    for key in ["a", "b", "c"] {
        let mut seen = Vec::new();
        for id in handled.iter().filter(|id| id.starts_with(key)) {
            if !seen.contains(id) {
                seen.push(id.clone());
            }
        }
        let expected: Vec<_> = (1..=20).map(|sequence| format!("{key}#{sequence}")).collect();
        assert_eq!(seen, expected);
    }
}

#[tokio::test]
async fn a_journal_that_ends_in_the_middle_of_an_entry_is_read_up_to_there() {
    let folder = Folder::new();
    let start = || Server::bind(&folder.socket(), Some(&folder.journal()));
    let server = tokio::spawn(start().unwrap().run(std::future::pending()));
    let client = folder.client();
    declare(&client, 1).await;
    client.publisher().publish(of_key("p", 1..=3)).await;
    server.abort();
    let _ = server.await;
    let whole = std::fs::read(folder.journal()).unwrap();
    std::fs::write(folder.journal(), &whole[..whole.len() - 3]).unwrap();
    let server = start().unwrap();
    assert_eq!(server.broker().queue("q").unwrap().ready(), 2);
    drop(server);
    assert_eq!(
        start().unwrap().broker().queue("q").unwrap().ready(),
        2,
        "it was written anew"
    );
}

async fn assigned(consumer: &mut RemoteLogConsumer, count: usize) -> Vec<Partition> {
    let mut own = Vec::new();
    while own.len() < count {
        match consumer.next().await.unwrap() {
            Some(LogEvent::Assigned(partitions)) => own.extend(partitions),
            Some(LogEvent::Lost(_)) => own.clear(),
            other => panic!("expected an assignment and got {other:?}"),
        }
    }
    own
}

#[tokio::test]
async fn partitions_of_a_killed_consumer_are_the_others_and_begin_where_it_committed() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client
        .create_topic(TOPIC, 2, 100, Retention::UntilCommitted)
        .await
        .unwrap();
    let outcomes = client.log_publisher().publish(of_key("p", 1..=3)).await;
    assert_eq!(outcomes, [Outcome::Sent; 3]);
    let dying = folder.process("process::part_log_consumer");
    exists(&folder.0.join("held")).await;
    assert_eq!(client.lag("group", TOPIC).await.unwrap(), 2);
    dying.kill();
    let mut heir = client.log_consumer("group", TOPIC);
    assigned(&mut heir, 2).await;
    for sequence in [2, 3] {
        let Some(LogEvent::Record(record)) = heir.next().await.unwrap() else {
            panic!("a record comes");
        };
        assert_eq!(record.message().sequence, Some(sequence));
        heir.commit(record.partition(), record.offset() + 1)
            .await
            .unwrap();
    }
    assert_eq!(client.lag("group", TOPIC).await.unwrap(), 0);
}

#[tokio::test]
async fn a_partition_moves_between_processes_when_it_was_released() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client
        .create_topic(TOPIC, 2, 100, Retention::UntilCommitted)
        .await
        .unwrap();
    let mut old = client.log_consumer("group", TOPIC);
    assigned(&mut old, 2).await;
    let new = client.log_consumer("group", TOPIC);
    let joining = tokio::spawn(async move {
        let mut new = new;
        (assigned(&mut new, 1).await, new)
    });
    let Some(LogEvent::Revoked(moving)) = old.next().await.unwrap() else {
        panic!("one of two is revoked");
    };
    assert!(!joining.is_finished());
    old.release(&moving).await.unwrap();
    let (moved, _new) = joining.await.unwrap();
    assert_eq!(moved, moving);
    assert!(old.commit(&moving[0], 0).await.unwrap_err().is_fenced());
}

#[tokio::test]
async fn a_killed_server_comes_back_with_records_and_offsets() {
    let folder = Folder::new();
    let server = folder.process("process::part_server");
    let client = folder.client();
    client
        .create_topic(TOPIC, 1, 2, Retention::UntilCommitted)
        .await
        .unwrap();
    let publisher = client.log_publisher();
    assert_eq!(publisher.publish(of_key("p", 1..=2)).await, [Outcome::Sent; 2]);
    let mut consumer = client.log_consumer("group", TOPIC);
    let own = assigned(&mut consumer, 1).await;
    for _ in 0..2 {
        let Some(LogEvent::Record(record)) = consumer.next().await.unwrap() else {
            panic!("a record comes");
        };
        consumer.commit(&own[0], record.offset() + 1).await.unwrap();
    }
    assert_eq!(publisher.publish(of_key("p", 3..=3)).await, [Outcome::Sent]);
    server.kill();
    let _server = folder.process("process::part_server");
    loop {
        match consumer.next().await.unwrap() {
            // It was on its way already, and comes again.
            Some(LogEvent::Record(record)) => assert_eq!(record.offset(), 2),
            Some(LogEvent::Lost(lost)) => break assert_eq!(lost, own),
            other => panic!("expected a loss and got {other:?}"),
        }
    }
    assigned(&mut consumer, 1).await;
    let Some(LogEvent::Record(record)) = consumer.next().await.unwrap() else {
        panic!("a record comes");
    };
    assert_eq!((record.offset(), record.message().sequence), (2, Some(3)));
    until_sent(&publisher, of_key("p", 4..=4)).await;
}

#[tokio::test]
async fn paused_partitions_are_silent_over_the_socket_too() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client
        .create_topic(TOPIC, 2, 1_000, Retention::UntilCommitted)
        .await
        .unwrap();
    let batch = (0..600).map(|number| message(&format!("k{number}"), 1)).collect();
    client.log_publisher().publish(batch).await;
    let mut consumer = client.log_consumer("group", TOPIC);
    let own = assigned(&mut consumer, 2).await;
    // Until all that is under way has come, both partitions have records on their way.
    let Some(LogEvent::Record(first)) = consumer.next().await.unwrap() else {
        panic!("a record comes");
    };
    consumer.pause(&own[..1]);
    let (mut other, mut paused) = (0, 0);
    let count = |record: &event_messaging::memory::LogRecord| usize::from(record.partition() == &own[1]);
    other += count(&first);
    paused += 1 - count(&first);
    let total = client.lag("group", TOPIC).await.unwrap();
    assert_eq!(total, 600);
    let soon = Duration::from_millis(200);
    while let Some(event) =
        event_messaging::clock::until(event_messaging::clock::now() + soon, consumer.next()).await
    {
        let Some(LogEvent::Record(record)) = event.unwrap() else {
            panic!("only records come");
        };
        assert_eq!(record.partition(), &own[1]);
        other += 1;
    }
    consumer.resume(&own[..1]);
    let mut last = if paused > 0 { Some(0) } else { None };
    while paused + other < 600 {
        let Some(LogEvent::Record(record)) = consumer.next().await.unwrap() else {
            panic!("only records come");
        };
        assert_eq!(record.partition(), &own[0]);
        assert_eq!(record.offset(), last.map_or(0, |last| last + 1), "in order");
        last = Some(record.offset());
        paused += 1;
    }
}
