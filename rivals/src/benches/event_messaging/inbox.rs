//! What the inbox costs: in memory beside none, and in SQLite beside the same transaction without its row.

use super::consume::{CALLS, allocations_of, subject};
use super::handlers::{Count, Ignore};
use super::messages::message;
use super::queue::{QUEUE, consumer, consumer_of};
use super::running::{keeping, runtime, store, until_done};
use crate::harness::{Batch, Effort, Row, take_turns};
use event_contracts::Envelope;
use event_contracts::product::ProductDeleted;
use event_messaging::{Admission, ConsumerConfig, Handler, InboxEntry, InboxStore, NoInbox, memory};
use std::future::pending;
use tokio::runtime::Runtime;

/// Messages a sample in SQLite, where each waits for the disk.
const CALLS_SQLITE: u64 = 100;

const WITHOUT: &str = "the consumer without an inbox";
const NEW: &str = "a message that is new";
const TRANSACTION: &str = "the same transaction without an inbox";

pub(super) fn costs(effort: Effort) -> Vec<Row> {
    let mut rows = in_memory(effort);
    rows.extend(in_sqlite(effort));
    rows
}

fn in_memory(effort: Effort) -> Vec<Row> {
    let calls = effort.calls(CALLS);
    let none = consumer::<ProductDeleted>;
    let [without, new, known] = take_turns(
        effort,
        &[
            subject(none, calls),
            subject(memory_new, calls),
            subject(memory_known, calls),
        ],
    );
    vec![
        Row::time("inbox_cost", new, WITHOUT, without),
        Row::time("inbox_duplicate", known, NEW, new),
        Row::allocations(
            "inbox_allocs",
            allocations_of(memory_new),
            WITHOUT,
            allocations_of(none),
        ),
    ]
}

fn in_sqlite(effort: Effort) -> Vec<Row> {
    let calls = effort.calls(CALLS_SQLITE);
    let [one_without, one, ten_without, ten, known] = take_turns(
        effort,
        &[
            subject(|messages| sqlite_without(messages, 1), calls),
            subject(|messages| sqlite_new(messages, 1), calls),
            subject(|messages| sqlite_without(messages, 10), calls),
            subject(|messages| sqlite_new(messages, 10), calls),
            subject(sqlite_known, calls),
        ],
    );
    vec![
        Row::time("inbox_cost_sqlite_1", one, TRANSACTION, one_without),
        Row::time("inbox_cost_sqlite_10", ten, TRANSACTION, ten_without),
        Row::rate("inbox_rate_sqlite_1", one, TRANSACTION, one_without),
        Row::rate("inbox_rate_sqlite_10", ten, TRANSACTION, ten_without),
        Row::time("inbox_duplicate_sqlite", known, NEW, ten),
    ]
}

fn memory_new(messages: u64) -> Batch {
    through(runtime(), memory::Inbox::new(), Ignore, 10, messages)
}

fn memory_known(messages: u64) -> Batch {
    let (runtime, inbox) = (runtime(), memory::Inbox::new());
    remember(&runtime, &inbox, messages);
    through(runtime, inbox, Ignore, 10, messages)
}

fn sqlite_without(messages: u64, concurrency: usize) -> Batch {
    let runtime = runtime();
    let (store, directory) = store(&runtime);
    let batch = through(runtime, NoInbox, Count(store), concurrency, messages);
    keeping(directory, batch)
}

fn sqlite_new(messages: u64, concurrency: usize) -> Batch {
    let runtime = runtime();
    let (store, directory) = store(&runtime);
    let batch = through(runtime, store.clone(), Count(store), concurrency, messages);
    keeping(directory, batch)
}

fn sqlite_known(messages: u64) -> Batch {
    let runtime = runtime();
    let (store, directory) = store(&runtime);
    remember(&runtime, &store, messages);
    let batch = through(runtime, store.clone(), Count(store), 10, messages);
    keeping(directory, batch)
}

/// A consumer with that inbox, and so many messages for it. Those that the inbox knows count as done, too.
fn through<I, H>(runtime: Runtime, inbox: I, handler: H, concurrency: usize, messages: u64) -> Batch
where
    I: InboxStore + 'static,
    H: Handler<Envelope<ProductDeleted>, I::Transaction> + 'static,
{
    let config = ConsumerConfig::new(QUEUE).with_concurrency(concurrency);
    let consumer = consumer_of(&runtime, messages, handler, config).with_inbox(inbox);
    let control = consumer.control();
    until_done(runtime, consumer.run(pending()), move || {
        let counts = control.counts();
        counts.handled + counts.duplicates
    })
}

/// Writes so many messages into the inbox, as if they had been handled.
fn remember<I: InboxStore>(runtime: &Runtime, inbox: &I, messages: u64) {
    runtime.block_on(async {
        let mut transaction = inbox.begin().await.expect("it is open");
        for message in (0..messages).map(message::<ProductDeleted>) {
            let entry = InboxEntry::new(QUEUE, &message.message_id, &message.key);
            let admitted = inbox.admit(&mut transaction, entry).await;
            assert_eq!(admitted.expect("it answers"), Admission::New);
        }
        inbox.commit(transaction).await.expect("there is room");
    });
}
