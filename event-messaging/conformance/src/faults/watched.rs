use super::brake::{Brake, Place};
use event_messaging::clock::{self, Instant};
use event_messaging::{OutboundMessage, Outcome, Publisher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A publisher that remembers what was handed to it and when, and may keep its answers back.
pub(crate) struct Watched<P> {
    inner: P,
    handed: Handed,
    brake: Brake,
}

/// The calls of a publisher, in order. Cheap to clone; clones are the same list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Handed(Arc<Mutex<Vec<Batch>>>);

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    /// Key and number of each message.
    pub(crate) messages: Vec<(String, u64)>,
    pub(crate) began: Instant,
    /// Until it was answered, or given up by who called; `None` while it lasts.
    pub(crate) took: Option<Duration>,
}

impl Handed {
    pub(crate) fn batches(&self) -> Vec<Batch> {
        self.list().clone()
    }

    /// How many messages were handed over.
    pub(crate) fn count(&self) -> usize {
        self.list().iter().map(|batch| batch.messages.len()).sum()
    }

    /// The numbers of one key, in the order in which they were handed over.
    pub(crate) fn of(&self, key: &str) -> Vec<u64> {
        let list = self.list();
        let of_key = list.iter().flat_map(|batch| &batch.messages);
        of_key
            .filter(|(other, _)| other == key)
            .map(|(_, sequence)| *sequence)
            .collect()
    }

    /// When one message was handed over, each time.
    pub(crate) fn times(&self, key: &str, sequence: u64) -> Vec<Instant> {
        let list = self.list();
        let holds = |batch: &&Batch| {
            let mut messages = batch.messages.iter();
            messages.any(|(other, number)| other == key && *number == sequence)
        };
        list.iter().filter(holds).map(|batch| batch.began).collect()
    }

    fn begin(&self, messages: &[OutboundMessage]) -> Running<'_> {
        let numbers = messages
            .iter()
            .map(|message| (message.key.clone(), message.sequence.unwrap_or(0)));
        let batch = Batch {
            messages: numbers.collect(),
            began: clock::now(),
            took: None,
        };
        let mut list = self.list();
        list.push(batch);
        Running(self, list.len() - 1)
    }

    fn list(&self) -> MutexGuard<'_, Vec<Batch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that lasts. It ends when this is dropped, also with a caller that does not wait any more.
struct Running<'a>(&'a Handed, usize);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if let Some(batch) = self.0.list().get_mut(self.1) {
            batch.took = Some(batch.began.elapsed());
        }
    }
}

impl<P> Watched<P> {
    pub(crate) fn new(inner: P, handed: Handed, brake: Brake) -> Self {
        Self { inner, handed, brake }
    }
}

impl<P: Publisher> Publisher for Watched<P> {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let running = self.handed.begin(&batch);
        let outcomes = self.inner.publish(batch).await;
        drop(running);
        self.brake.reach(Place::Answered).await;
        outcomes
    }
}
