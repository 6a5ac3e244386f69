//! Memory while a broker or a handler stalls: what waits for them stays where it was, in the database or in the broker,
//! and a process holds as much with a hundred thousand messages before it as with a thousand.
//!
//! The process that is measured is one of its own, and counts the bytes that it has allocated. The broker is another,
//! which is frozen: its connections stay open, and take nothing any more.

mod consumer;
mod measured;
mod relay;

use crate::rig::{Face, Memory, OfLog, OfQueue, Sqlite};
use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, MessageId};
use event_messaging::memory::Inbox;
use event_messaging::{
    ConsumerConfig, DeadLetterExchange, HandlerError, InboxStore, OutboundMessage, OutboxStore, OutboxWriter,
    Outcome, Publisher, clock,
};
use event_messaging_conformance::faults::{DEAD_LETTERS, Database, Deleted, Intake, Transport};
pub(crate) use measured::Folder;
use measured::{Measured, Report};
use product_types::{ProductId, Timestamp};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const KEYS: u64 = 50;
const FEW: u64 = 1_000;
const MANY: u64 = 100_000;

/// What allocations may differ by that happen to meet at one moment.
const NOISE: u64 = 128 << 10;

/// How long to wait for all of them; a loaded machine takes its time.
const PATIENCE: Duration = Duration::from_secs(600);

/// How many messages a consumer holds (of a log, of each partition).
const PREFETCH: usize = 20;

/// The events from one number on up to another, the keys in turn.
fn messages(range: std::ops::Range<u64>) -> impl Iterator<Item = OutboundMessage> {
    range.map(|number| {
        let (key, sequence) = (format!("p-{}", number % KEYS), number / KEYS + 1);
        let id = MessageId::new(format!("{key}#{sequence}")).unwrap();
        let event = ProductDeleted::new(ProductId::new(key).unwrap(), Timestamp::UNIX_EPOCH, "stall");
        let envelope = Envelope::new_with_id(id, event, "product-service", "stall", Timestamp::UNIX_EPOCH);
        OutboundMessage::from_envelope(&envelope.with_sequence(sequence)).unwrap()
    })
}

async fn write(database: &Sqlite, range: std::ops::Range<u64>) {
    let (outbox, inbox) = (database.outbox(), database.inbox());
    let mut messages = messages(range).peekable();
    while messages.peek().is_some() {
        let mut transaction = inbox.begin().await.unwrap();
        for message in messages.by_ref().take(500) {
            OutboxWriter::enqueue(&outbox, &mut transaction, message)
                .await
                .unwrap();
        }
        inbox.commit(transaction).await.unwrap();
    }
}

fn assert_flat(what: &str, few: &Report, count: u64, many: &Report) {
    eprintln!("{what} with {FEW} messages before it: {few}; with {count}: {many}");
    assert!(
        many.peak <= few.peak + few.peak / 10 + NOISE,
        "{what} grows with what waits: {few}, and then {many}"
    );
}

async fn a_broker_stalls<F: Face>(count: u64) {
    let folder = Folder::new();
    let (broker, database) = (
        Memory::<F>::fresh(folder.path()).await,
        Sqlite::open(folder.path()).await,
    );
    write(&database, 0..FEW).await;
    broker.freeze(true);
    let mut relay = Measured::start::<F>("relay", folder.path());
    // As long as it takes until all is full that may be.
    relay.after(8).await;
    let few = relay.after(3).await;
    write(&database, FEW..count).await;
    let many = relay.after(3).await;
    assert_flat("the relay's process", &few, count, &many);
    assert_eq!(database.outbox().backlog().await.unwrap().pending, count);

    broker.freeze(false);
    relay.go();
    let done = Arc::new(Mutex::new(BTreeMap::<String, u64>::new()));
    let handler = {
        let done = Arc::clone(&done);
        move |event: Deleted| {
            let metadata = event.metadata();
            let mut done = done.lock().unwrap();
            let last = done.entry(metadata.partition_key.clone().unwrap()).or_default();
            *last += 1;
            assert_eq!(metadata.sequence, Some(*last), "in the order of its key");
            std::future::ready(Ok::<_, HandlerError>(()))
        }
    };
    let config = ConsumerConfig::new("stall").with_prefetch(1_000);
    let letters = DeadLetterExchange::new(broker.publisher(), DEAD_LETTERS);
    let intake = broker.intake(config.prefetch);
    let (control, run) = intake.consume(handler, letters, Inbox::new(), config).unwrap();
    let run = tokio::spawn(run);
    let all = count / KEYS;
    let deadline = clock::now() + PATIENCE;
    while done.lock().unwrap().values().filter(|last| **last == all).count() as u64 != KEYS
        || database.outbox().backlog().await.unwrap().pending > 0
    {
        assert!(
            clock::now() < deadline,
            "an event is lost, doubled or out of order"
        );
        clock::sleep(Duration::from_millis(20)).await;
    }
    control.drain();
    let counts = run.await.unwrap().unwrap();
    assert_eq!((counts.failed, counts.dead_lettered), (0, 0), "{counts:?}");
}

#[tokio::test]
async fn a_relay_and_a_caller_hold_no_more_when_a_broker_of_queues_stalls() {
    a_broker_stalls::<OfQueue>(MANY).await;
}

#[tokio::test]
async fn a_relay_and_a_caller_hold_no_more_when_a_broker_of_logs_stalls() {
    // The relay's side of it is the same code.
    a_broker_stalls::<OfLog>(MANY / 5).await;
}

async fn a_handler_stalls<F: Face>(most: u64) {
    let folder = Folder::new();
    let broker = Memory::<F>::fresh(folder.path()).await;
    let publisher = broker.publisher();
    let publish = async |range| {
        let batch: Vec<_> = messages(range).collect();
        for batch in batch.chunks(1_000) {
            let outcomes = publisher.publish(batch.to_vec()).await;
            assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Sent));
        }
    };
    publish(0..FEW).await;
    let mut consumer = Measured::start::<F>("consumer", folder.path());
    let few = consumer.holding(most).await;
    publish(FEW..MANY).await;
    let many = consumer.holding(most).await;
    assert_flat("the consumer's process", &few, MANY, &many);

    consumer.go();
    consumer.done(MANY).await;
}

#[tokio::test]
async fn a_stalled_handler_of_a_queue_holds_its_prefetch() {
    a_handler_stalls::<OfQueue>(PREFETCH as u64).await;
}

#[tokio::test]
async fn a_stalled_handler_of_a_log_holds_its_prefetch_of_each_partition() {
    a_handler_stalls::<OfLog>((PREFETCH * OfLog::PARTS) as u64).await;
}
