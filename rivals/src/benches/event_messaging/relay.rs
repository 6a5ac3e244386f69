//! How many events a second a relay brings from an outbox to the in-memory broker, each marked as sent.

use super::messages;
use crate::harness::{Bar, Batch, Effort, Row, Subject, take_turns};
use event_messaging::{OutboxStore, Relay, RelayConfig, RelayCounts, memory};
use event_messaging_sqlite::{SqliteOptions, SqliteStore};
use std::future::{Future, pending, poll_fn};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use tokio::runtime::{Builder, Runtime};

/// Events a sample; a multiple of what a relay claims at once.
const CALLS: u64 = 5_120;

pub(super) fn rates(effort: Effort) -> Vec<Row> {
    let calls = effort.calls(CALLS);
    let filled = calls + calls / 10;
    let subject = |make: fn(u64) -> Batch| Subject::new(move || make(filled)).with_calls(calls).afresh();
    let [sqlite, memory] = take_turns(effort, &[subject(from_sqlite), subject(from_memory)]);
    vec![Row::rate("relay_sqlite", sqlite, "an outbox in memory", memory).with_bar(Bar::AtLeast(5_000.0))]
}

/// A directory that is gone when the batch is.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("relay-bench-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a directory can be made");
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // What is left is in the directory for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime can be made")
}

/// A file with the journal ahead of it, and every commit on the disk.
fn from_sqlite(events: u64) -> Batch {
    let (runtime, directory) = (runtime(), Directory::new());
    let store = runtime.block_on(async {
        let options = SqliteOptions::file(directory.0.join("outbox.db"));
        let store = SqliteStore::open(options).await.expect("the file can be made");
        let mut transaction = store.begin().await.expect("it is open");
        for number in 0..events {
            let written = store.enqueue(&mut transaction, &messages::message(number)).await;
            written.expect("each has its own id");
        }
        transaction.commit().await.expect("the disk has room");
        store
    });
    relaying(runtime, store, events, directory)
}

fn from_memory(events: u64) -> Batch {
    let outbox = memory::Outbox::new();
    for number in 0..events {
        outbox.enqueue(messages::message(number));
    }
    relaying(runtime(), outbox, events, ())
}

/// A relay that runs, and what it runs on.
struct Running<K> {
    relay: Option<Pin<Box<dyn Future<Output = RelayCounts>>>>,
    runtime: Runtime,
    _kept: K,
}

/// The relay gives back a connection, for which it must find its runtime.
impl<K> Drop for Running<K> {
    fn drop(&mut self) {
        let _context = self.runtime.enter();
        self.relay = None;
    }
}

/// Runs a relay until it has sent as many more as it is asked for.
fn relaying<S: OutboxStore + 'static>(
    runtime: Runtime,
    store: S,
    events: u64,
    kept: impl Sized + 'static,
) -> Batch {
    let (broker, _queue) = messages::broker(events);
    let relay = Relay::new(store, broker, RelayConfig::default()).expect("the defaults are valid");
    let counters = relay.counters();
    let mut running = Running {
        relay: Some(Box::pin(relay.run(pending()))),
        runtime,
        _kept: kept,
    };
    let mut target = 0;
    Box::new(move |calls| {
        target += calls;
        let Running { relay, runtime, .. } = &mut running;
        runtime.block_on(poll_fn(|cx| {
            let is_running = relay
                .as_mut()
                .is_some_and(|relay| relay.as_mut().poll(cx).is_pending());
            assert!(is_running, "nobody has stopped it");
            if counters.snapshot().sent >= target {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }));
    })
}
