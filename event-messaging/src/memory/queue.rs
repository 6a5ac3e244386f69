use super::QueueDelivery;
use crate::{OutboundMessage, Source};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// A queue of a [`Broker`](super::Broker). Cheap to clone; clones compete for its messages.
///
/// It holds at most its capacity of messages that are not settled: ready and delivered together.
#[derive(Clone, Debug)]
pub struct Queue(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    name: String,
    capacity: usize,
    room: Arc<Semaphore>,
    state: Mutex<State>,
    arrived: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// By the order of arrival, which a message keeps when it comes back.
    ready: BTreeMap<u64, Entry>,
    arrivals: u64,
}

/// A message in its place, and the room that it takes up until it is settled.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) position: u64,
    pub(super) message: Arc<OutboundMessage>,
    pub(super) redelivered: bool,
    pub(super) room: OwnedSemaphorePermit,
}

impl Queue {
    pub(super) fn new(name: &str, capacity: usize) -> Self {
        let capacity = capacity.clamp(1, Semaphore::MAX_PERMITS);
        Self(Arc::new(Shared {
            name: name.to_owned(),
            capacity,
            room: Arc::new(Semaphore::new(capacity)),
            state: Mutex::default(),
            arrived: Notify::new(),
        }))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// How many messages wait to be delivered.
    #[must_use]
    pub fn ready(&self) -> usize {
        self.state().ready.len()
    }

    /// How many messages are not settled: ready or delivered.
    #[must_use]
    pub fn unsettled(&self) -> usize {
        self.0.capacity - self.0.room.available_permits()
    }

    /// Waits for the next message. It never ends by itself: race it against your shutdown.
    ///
    /// Cancel safe: when the future is dropped, no message is lost.
    pub async fn recv(&self) -> QueueDelivery {
        loop {
            // Created before looking, so that what arrives in between wakes it.
            let arrived = self.0.arrived.notified();
            if let Some(delivery) = self.try_recv() {
                return delivery;
            }
            arrived.await;
        }
    }

    /// The next message, if one waits.
    #[must_use]
    pub fn try_recv(&self) -> Option<QueueDelivery> {
        let (_, entry) = self.state().ready.pop_first()?;
        Some(QueueDelivery::new(self.clone(), entry))
    }

    /// The room for messages, one permit each.
    pub(super) fn room(&self) -> &Arc<Semaphore> {
        &self.0.room
    }

    pub(super) fn push(&self, message: Arc<OutboundMessage>, room: OwnedSemaphorePermit) {
        let mut state = self.state();
        let position = state.arrivals;
        state.arrivals += 1;
        state.ready.insert(
            position,
            Entry {
                position,
                message,
                redelivered: false,
                room,
            },
        );
        drop(state);
        self.0.arrived.notify_one();
    }

    /// Puts a message back into its old place.
    pub(super) fn give_back(&self, mut entry: Entry) {
        entry.redelivered = true;
        self.state().ready.insert(entry.position, entry);
        self.0.arrived.notify_one();
    }

    /// Whole after every step, so a panic elsewhere does not spoil it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source for Queue {
    type Delivery = QueueDelivery;

    type Error = Infallible;

    async fn recv(&mut self) -> Result<Option<QueueDelivery>, Infallible> {
        Ok(Some(Queue::recv(self).await))
    }
}
