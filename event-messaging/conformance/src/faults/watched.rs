use super::brake::{Brake, Place};
use event_messaging::{OutboundMessage, Outcome, Publisher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A publisher that remembers what was handed to it, and may keep its answers back.
pub(crate) struct Watched<P> {
    inner: P,
    handed: Handed,
    brake: Brake,
}

/// What was handed to a publisher: key and number, in order. Cheap to clone; clones are the same list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Handed(Arc<Mutex<Vec<(String, u64)>>>);

impl Handed {
    pub(crate) fn count(&self) -> usize {
        self.list().len()
    }

    /// The numbers of one key, in the order in which they were handed over.
    pub(crate) fn of(&self, key: &str) -> Vec<u64> {
        let list = self.list();
        let of_key = list.iter().filter(|(other, _)| other == key);
        of_key.map(|(_, sequence)| *sequence).collect()
    }

    fn list(&self) -> MutexGuard<'_, Vec<(String, u64)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P> Watched<P> {
    pub(crate) fn new(inner: P, handed: Handed, brake: Brake) -> Self {
        Self { inner, handed, brake }
    }
}

impl<P: Publisher> Publisher for Watched<P> {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let numbers = batch
            .iter()
            .map(|message| (message.key.clone(), message.sequence.unwrap_or(0)));
        self.handed.list().extend(numbers);
        let outcomes = self.inner.publish(batch).await;
        self.brake.reach(Place::Answered).await;
        outcomes
    }
}
