//! Handlers that keep a diary, and consumers of the one queue of a test's broker.

use crate::support::Stop;
use event_contracts::Envelope;
use event_contracts::product::ProductDeleted;
use event_messaging::{
    Consumer, ConsumerConfig, ConsumerCounts, Context, Control, DeadLetterExchange, Error, Handler,
    HandlerError, OutboundMessage, Publisher, clock, memory,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

pub(crate) type Deleted = Envelope<ProductDeleted>;

/// Handles each event in a second of virtual time, failing as often as it was told to, and keeps a diary.
#[derive(Clone, Default)]
pub(crate) struct Slow(Arc<Mutex<Diary>>);

#[derive(Default)]
struct Diary {
    failures_left: BTreeMap<String, u32>,
    is_permanent: bool,
    begun: Vec<String>,
    begun_at: Vec<clock::Instant>,
    done: Vec<String>,
    running: BTreeMap<String, u32>,
    most_at_once: u32,
}

impl Slow {
    /// Fails `times` times for the message `id`, and then no more.
    pub(crate) fn failing(id: &str, times: u32) -> Self {
        Self::default().and_failing(id, times)
    }

    pub(crate) fn and_failing(self, id: &str, times: u32) -> Self {
        self.0.lock().unwrap().failures_left.insert(id.to_owned(), times);
        self
    }

    pub(crate) fn permanently(self) -> Self {
        self.0.lock().unwrap().is_permanent = true;
        self
    }

    pub(crate) fn done(&self) -> Vec<String> {
        self.0.lock().unwrap().done.clone()
    }

    pub(crate) fn begun(&self) -> Vec<String> {
        self.0.lock().unwrap().begun.clone()
    }

    /// How long the waits between the attempts of all messages were.
    pub(crate) fn begun_at(&self) -> Vec<clock::Instant> {
        self.0.lock().unwrap().begun_at.clone()
    }

    pub(crate) fn most_at_once(&self) -> u32 {
        self.0.lock().unwrap().most_at_once
    }

    async fn work(&self, event: Deleted) -> Result<(), HandlerError> {
        let id = event.metadata().message_id.to_string();
        let key = event.payload().product_id.to_string();
        {
            let mut diary = self.0.lock().unwrap();
            diary.begun.push(id.clone());
            diary.begun_at.push(clock::now());
            let of_key = diary.running.entry(key.clone()).or_default();
            *of_key += 1;
            assert_eq!(*of_key, 1, "two of one key at once");
            let at_once = diary.running.values().sum();
            diary.most_at_once = diary.most_at_once.max(at_once);
        }
        let running = Running(self, key);
        clock::sleep(Duration::from_secs(1)).await;
        drop(running);
        let mut diary = self.0.lock().unwrap();
        let is_permanent = diary.is_permanent;
        if let Some(left) = diary.failures_left.get_mut(&id).filter(|left| **left > 0) {
            *left -= 1;
            return Err(if is_permanent {
                HandlerError::permanent("told to fail")
            } else {
                HandlerError::transient("told to fail")
            });
        }
        diary.done.push(id);
        Ok(())
    }
}

/// A handler that is dropped does not run any more.
struct Running<'a>(&'a Slow, String);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        *self.0.0.lock().unwrap().running.get_mut(&self.1).unwrap() -= 1;
    }
}

impl<T: Send> Handler<Deleted, T> for Slow {
    type Error = HandlerError;

    async fn handle(&self, event: Deleted, _: &mut T, _: &Context<'_>) -> Result<(), HandlerError> {
        self.work(event).await
    }
}

pub(crate) fn config() -> ConsumerConfig {
    ConsumerConfig::new("test").with_seed(7)
}

/// Where dead letters of tests go: to the queue `dead`.
pub(crate) fn dead_letters(broker: &memory::Broker) -> (DeadLetterExchange<memory::Broker>, memory::Queue) {
    let dead = broker.declare_queue("dead", 1_000);
    broker.bind("dead", "dead", "#").unwrap();
    (DeadLetterExchange::new(broker.clone(), "dead"), dead)
}

/// A consumer that runs.
pub(crate) struct Started {
    pub(crate) stop: Stop,
    pub(crate) control: Control,
    pub(crate) task: JoinHandle<Result<ConsumerCounts, Error>>,
}

impl Started {
    pub(crate) async fn stopped(self) -> ConsumerCounts {
        self.stop.now();
        self.task.await.unwrap().unwrap()
    }
}

/// Runs a consumer without inbox.
pub(crate) fn run(
    broker: &memory::Broker,
    queue: &memory::Queue,
    handler: impl Handler<Deleted> + 'static,
    config: ConsumerConfig,
) -> Started {
    let stop = Stop::new();
    let (dead_letters, _) = dead_letters(broker);
    let consumer = Consumer::new(queue.clone(), handler, dead_letters, config).unwrap();
    Started {
        control: consumer.control(),
        task: tokio::spawn(consumer.run(stop.signal())),
        stop,
    }
}

pub(crate) async fn publish(broker: &memory::Broker, messages: &[(&str, u64)]) {
    let batch = messages
        .iter()
        .map(|(key, sequence)| crate::support::message(key, *sequence))
        .collect();
    publish_all(broker, batch).await;
}

pub(crate) async fn publish_all(broker: &memory::Broker, batch: Vec<OutboundMessage>) {
    let outcomes = broker.publish(batch).await;
    assert!(outcomes.iter().all(|outcome| outcome.is_sent()));
}

/// Writes the message's id in the transaction, failing as often as it was told to after that.
#[derive(Clone, Default)]
pub(crate) struct Effects(Arc<Mutex<Book>>);

#[derive(Default)]
struct Book {
    failures_left: BTreeMap<String, u32>,
    is_permanent: bool,
    takes: Duration,
    calls: u32,
    effects: Vec<String>,
}

impl Effects {
    pub(crate) fn failing(id: &str, times: u32) -> Self {
        Self::default().and_failing(id, times)
    }

    pub(crate) fn and_failing(self, id: &str, times: u32) -> Self {
        self.book().failures_left.insert(id.to_owned(), times);
        self
    }

    pub(crate) fn permanently(self) -> Self {
        self.book().is_permanent = true;
        self
    }

    pub(crate) fn taking(time: Duration) -> Self {
        Self::default().and_taking(time)
    }

    pub(crate) fn and_taking(self, time: Duration) -> Self {
        self.book().takes = time;
        self
    }

    /// What was committed, in that order.
    pub(crate) fn all(&self) -> Vec<String> {
        self.book().effects.clone()
    }

    pub(crate) fn calls(&self) -> u32 {
        self.book().calls
    }

    pub(crate) fn write(&self, transaction: &mut memory::InboxTransaction, id: &str) {
        let (effects, id) = (self.clone(), id.to_owned());
        transaction.on_commit(move || effects.book().effects.push(id));
    }

    fn book(&self) -> std::sync::MutexGuard<'_, Book> {
        self.0.lock().unwrap()
    }
}

impl Handler<Deleted, memory::InboxTransaction> for Effects {
    type Error = HandlerError;

    async fn handle(
        &self,
        event: Deleted,
        transaction: &mut memory::InboxTransaction,
        _: &Context<'_>,
    ) -> Result<(), HandlerError> {
        let id = event.metadata().message_id.as_str();
        self.write(transaction, id);
        let takes = {
            let mut book = self.book();
            book.calls += 1;
            book.takes
        };
        if !takes.is_zero() {
            clock::sleep(takes).await;
        }
        let mut book = self.book();
        let is_permanent = book.is_permanent;
        match book.failures_left.get_mut(id).filter(|left| **left > 0) {
            None => Ok(()),
            Some(left) => {
                *left -= 1;
                Err(if is_permanent {
                    HandlerError::permanent("told to fail")
                } else {
                    HandlerError::transient("told to fail")
                })
            }
        }
    }
}

/// Runs a consumer with an inbox.
pub(crate) fn run_with_inbox(
    broker: &memory::Broker,
    queue: &memory::Queue,
    handler: impl Handler<Deleted, memory::InboxTransaction> + 'static,
    inbox: memory::Inbox,
    config: ConsumerConfig,
) -> Started {
    let stop = Stop::new();
    let (dead_letters, _) = dead_letters(broker);
    let consumer = Consumer::new(queue.clone(), handler, dead_letters, config)
        .unwrap()
        .with_inbox(inbox);
    Started {
        control: consumer.control(),
        task: tokio::spawn(consumer.run(stop.signal())),
        stop,
    }
}
