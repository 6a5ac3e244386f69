//! How many events a second a relay brings from an outbox to the in-memory broker, each marked as sent.

use super::messages::{self, message};
use super::running::{keeping, runtime, store, until_done};
use crate::harness::{Bar, Batch, Effort, Row, Subject, take_turns};
use event_contracts::product::ProductDeleted;
use event_messaging::{OutboxStore, Relay, RelayConfig, memory};
use std::future::pending;
use tokio::runtime::Runtime;

/// Events a sample; a multiple of what a relay claims at once.
const CALLS: u64 = 5_120;

pub(super) fn rates(effort: Effort) -> Vec<Row> {
    let calls = effort.calls(CALLS);
    let filled = calls + calls / 10;
    let subject = |make: fn(u64) -> Batch| Subject::new(move || make(filled)).with_calls(calls).afresh();
    let [sqlite, memory] = take_turns(effort, &[subject(from_sqlite), subject(from_memory)]);
    vec![Row::rate("relay_sqlite", sqlite, "an outbox in memory", memory).with_bar(Bar::AtLeast(5_000.0))]
}

fn from_sqlite(events: u64) -> Batch {
    let runtime = runtime();
    let (store, directory) = store(&runtime);
    runtime.block_on(async {
        let mut transaction = store.begin().await.expect("it is open");
        for number in 0..events {
            let written = store
                .enqueue(&mut transaction, &message::<ProductDeleted>(number))
                .await;
            written.expect("each has its own id");
        }
        transaction.commit().await.expect("the disk has room");
    });
    keeping(directory, relaying(runtime, store, events))
}

fn from_memory(events: u64) -> Batch {
    let outbox = memory::Outbox::new();
    for number in 0..events {
        outbox.enqueue(message::<ProductDeleted>(number));
    }
    relaying(runtime(), outbox, events)
}

fn relaying<S: OutboxStore + 'static>(runtime: Runtime, store: S, events: u64) -> Batch {
    let (broker, queue) = messages::broker(events);
    let relay = Relay::new(store, broker, RelayConfig::default()).expect("the defaults are valid");
    let counters = relay.counters();
    let batch = until_done(runtime, relay.run(pending()), move || counters.snapshot().sent);
    keeping(queue, batch)
}
