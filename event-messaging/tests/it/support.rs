//! Messages, and partners that misbehave on demand.

use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, MessageId};
use event_messaging::{
    Backlog, Claimed, Lease, OutboundMessage, OutboxStore, Outcome, Publisher, Release, memory,
};
use product_types::{ProductId, Timestamp};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;

/// A real event of product `key`, numbered; its message id is `key#sequence`.
pub(crate) fn message(key: &str, sequence: u64) -> OutboundMessage {
    let at = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    let event = ProductDeleted::new(ProductId::new(key).unwrap(), at, "u-17");
    let id = MessageId::new(format!("{key}#{sequence}")).unwrap();
    let envelope = Envelope::new_with_id(id, event, "product-service", "req-1", at).with_sequence(sequence);
    OutboundMessage::from_envelope(&envelope).unwrap()
}

/// A broker with one queue that wants everything, and the queue.
pub(crate) fn broker() -> (memory::Broker, memory::Queue) {
    let broker = memory::Broker::new();
    let queue = broker.declare_queue("all", 1_000);
    broker.bind("all", "product.events", "#").unwrap();
    (broker, queue)
}

/// Takes all that waits in a queue and gives the message ids.
pub(crate) fn ids(queue: &memory::Queue) -> Vec<String> {
    std::iter::from_fn(|| queue.try_recv())
        .map(|delivery| {
            let id = delivery.message().message_id.to_string();
            delivery.ack();
            id
        })
        .collect()
}

/// Lets everything else run until it waits.
pub(crate) async fn settle() {
    event_messaging::clock::sleep(Duration::from_millis(1)).await;
}

/// A switch that many can wait for.
#[derive(Clone)]
pub(crate) struct Stop(Arc<watch::Sender<bool>>);

impl Stop {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::channel(false).0))
    }

    pub(crate) fn now(&self) {
        self.0.send_replace(true);
    }

    pub(crate) fn signal(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopped = self.0.subscribe();
        async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        }
    }
}

/// A publisher that does as it is told before it passes a message on, and remembers what it was given.
#[derive(Clone)]
pub(crate) struct Scripted<P> {
    inner: P,
    script: Arc<dyn Fn(&OutboundMessage) -> Told + Send + Sync>,
    seen: Arc<Mutex<Vec<String>>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Told {
    /// Pass it on.
    Pass,
    /// Do not pass it on, and answer this.
    Answer(Outcome),
    /// Pass it on, but lose the answer.
    LoseAnswer,
    /// Pass it on after some time.
    Dawdle(Duration),
    /// Never answer.
    Hang,
}

impl<P> Scripted<P> {
    pub(crate) fn new(inner: P, script: impl Fn(&OutboundMessage) -> Told + Send + Sync + 'static) -> Self {
        Self {
            inner,
            script: Arc::new(script),
            seen: Arc::default(),
        }
    }

    /// The message ids in the order in which they were given.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

impl<P: Publisher> Publisher for Scripted<P> {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for message in batch {
            self.seen.lock().unwrap().push(message.message_id.to_string());
            outcomes.push(match (self.script)(&message) {
                Told::Pass => self.inner.publish(vec![message]).await[0],
                Told::Answer(outcome) => outcome,
                Told::LoseAnswer => {
                    self.inner.publish(vec![message]).await;
                    Outcome::Unknown
                }
                Told::Dawdle(time) => {
                    event_messaging::clock::sleep(time).await;
                    self.inner.publish(vec![message]).await[0]
                }
                Told::Hang => std::future::pending().await,
            });
        }
        outcomes
    }
}

/// An outbox whose database can be switched off.
#[derive(Clone, Default)]
pub(crate) struct Flaky {
    pub(crate) rows: memory::Outbox,
    down: Arc<AtomicBool>,
    loses_answers: Arc<AtomicBool>,
    calls_while_down: Arc<Mutex<u32>>,
}

#[derive(Debug)]
pub(crate) struct DatabaseDown;

impl fmt::Display for DatabaseDown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the database is down")
    }
}

impl std::error::Error for DatabaseDown {}

impl Flaky {
    pub(crate) fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }

    /// Whether marks take effect and fail all the same.
    pub(crate) fn set_loses_answers(&self, loses: bool) {
        self.loses_answers.store(loses, Ordering::SeqCst);
    }

    pub(crate) fn calls_while_down(&self) -> u32 {
        *self.calls_while_down.lock().unwrap()
    }

    fn up(&self) -> Result<&memory::Outbox, DatabaseDown> {
        if self.down.load(Ordering::SeqCst) {
            *self.calls_while_down.lock().unwrap() += 1;
            return Err(DatabaseDown);
        }
        Ok(&self.rows)
    }
}

impl OutboxStore for Flaky {
    type Error = DatabaseDown;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, DatabaseDown> {
        self.up()?
            .claim(limit, lease)
            .await
            .map_err(|never| match never {})
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, DatabaseDown> {
        let marked = self.up()?.mark_sent(rows).await;
        if self.loses_answers.load(Ordering::SeqCst) {
            return Err(DatabaseDown);
        }
        marked.map_err(|never| match never {})
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, DatabaseDown> {
        self.up()?.release(rows).await.map_err(|never| match never {})
    }

    async fn backlog(&self) -> Result<Backlog, DatabaseDown> {
        self.up()?.backlog().await.map_err(|never| match never {})
    }
}
