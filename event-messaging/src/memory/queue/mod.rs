mod consumer;
mod delivery;
mod state;

pub use consumer::QueueConsumer;
pub use delivery::QueueDelivery;

use self::state::State;
use super::TransportError;
use super::error::Kind;
use super::recorder::Recorder;
use super::sharing::part_of;
use crate::{OutboundMessage, Source};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// A queue of a [`Broker`](super::Broker). Cheap to clone; clones are the same queue.
///
/// Each of its shards (one, unless it was declared with more) holds at most its capacity of messages that are not
/// settled: ready and delivered together.
///
/// As a [`Source`] it is a [`consumer`](Self::consumer) without a limit of its own; a clone is another consumer.
pub struct Queue {
    shared: Arc<Shared>,
    /// Made when this handle is first used as a source.
    own: Option<QueueConsumer>,
}

struct Shared {
    name: String,
    capacity: usize,
    rooms: Vec<Arc<Semaphore>>,
    state: Mutex<State>,
    /// Told of all that might let a consumer take a message.
    changed: Notify,
    recorder: Option<Arc<dyn Recorder>>,
}

/// What a queue is declared as.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) shards: usize,
    pub(super) is_exclusive: bool,
    pub(super) capacity: usize,
}

/// Room in one shard of a queue for one message.
pub(super) struct Room {
    shard: usize,
    permit: OwnedSemaphorePermit,
}

impl Queue {
    pub(super) fn new(name: &str, shape: Shape, recorder: Option<Arc<dyn Recorder>>) -> Self {
        let capacity = shape.capacity.clamp(1, Semaphore::MAX_PERMITS);
        let shards = shape.shards.max(1);
        let shared = Shared {
            name: name.to_owned(),
            capacity,
            rooms: (0..shards).map(|_| Arc::new(Semaphore::new(capacity))).collect(),
            state: Mutex::new(State::new(shards, shape.is_exclusive)),
            changed: Notify::new(),
            recorder,
        };
        Self {
            shared: Arc::new(shared),
            own: None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// In how many shards it is shared out; 1 for a queue that is not.
    #[must_use]
    pub fn shards(&self) -> usize {
        self.shared.rooms.len()
    }

    /// How many unsettled messages each shard holds at most.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.shared.capacity
    }

    /// How many messages wait to be delivered.
    #[must_use]
    pub fn ready(&self) -> usize {
        self.shared.state().ready()
    }

    /// How many messages are not settled: ready or delivered.
    #[must_use]
    pub fn unsettled(&self) -> usize {
        self.shared.state().unsettled()
    }

    /// A consumer, which holds at most `prefetch` (at least 1) unsettled messages. It subscribes when it is first
    /// asked for a message, and leaves when it is dropped.
    #[must_use]
    pub fn consumer(&self, prefetch: usize) -> QueueConsumer {
        QueueConsumer::new(Arc::clone(&self.shared), prefetch)
    }

    /// Waits for the next message, whichever shard it is in, without being one of the queue's consumers.
    ///
    /// Cancel safe: when the future is dropped, no message is lost.
    ///
    /// # Errors
    ///
    /// When the queue was deleted.
    pub async fn recv(&self) -> Result<QueueDelivery, TransportError> {
        loop {
            // Created before looking, so that what arrives in between wakes it.
            let changed = self.shared.changed.notified();
            if let Some(delivery) = self.shared.take(None)? {
                return Ok(delivery);
            }
            changed.await;
        }
    }

    /// The next message, if one waits, without being one of the queue's consumers.
    #[must_use]
    pub fn try_recv(&self) -> Option<QueueDelivery> {
        self.shared.take(None).ok().flatten()
    }

    /// Cuts the connections of all its consumers: what they have not settled is back in its old places, and they
    /// subscribe anew when they next ask for a message.
    pub fn cut(&self) {
        self.shared.state().cut(None);
        self.shared.changed.notify_waiters();
    }

    /// Room for a message of that key, now.
    pub(super) fn try_room(&self, key: &str) -> Option<Room> {
        let shard = part_of(key, self.shards());
        let permit = Arc::clone(&self.shared.rooms[shard]).try_acquire_owned().ok()?;
        Some(Room { shard, permit })
    }

    /// Waits for room; `None` when the queue is deleted.
    pub(super) async fn room(&self, key: &str) -> Option<Room> {
        let shard = part_of(key, self.shards());
        let permit = Arc::clone(&self.shared.rooms[shard]).acquire_owned().await.ok()?;
        Some(Room { shard, permit })
    }

    pub(super) fn is_deleted(&self) -> bool {
        self.shared.state().is_deleted()
    }

    pub(super) fn push(&self, message: &Arc<OutboundMessage>, room: Room) {
        let mut state = self.shared.state();
        if state.is_deleted() {
            return;
        }
        let place = state.push(room.shard, Arc::clone(message), room.permit);
        if let Some(recorder) = &self.shared.recorder {
            // Under the lock, so that it is recorded before its settling is.
            recorder.stored(&self.shared.name, place, message);
        }
        drop(state);
        self.shared.changed.notify_waiters();
    }

    /// Puts a message into the place that it had before the broker's process ended.
    #[cfg(all(feature = "process", unix))]
    pub(super) fn restore(&self, place: u64, message: OutboundMessage) {
        if let Some(room) = self.try_room(&message.key) {
            // It may have been delivered: one delivery is counted, as for any that ends with a connection.
            let message = Arc::new(message);
            self.shared
                .state()
                .put(room.shard, place, message, 1, room.permit);
        }
    }

    pub(super) fn delete(&self) {
        self.shared.state().delete();
        for room in &self.shared.rooms {
            room.close();
        }
        self.shared.changed.notify_waiters();
    }
}

impl Shared {
    /// The next message for a consumer, or for nobody in particular.
    fn take(self: &Arc<Self>, consumer: Option<u64>) -> Result<Option<QueueDelivery>, TransportError> {
        let mut state = self.state();
        if state.is_deleted() {
            return Err(TransportError::new(Kind::Deleted(self.name.clone())));
        }
        let handed = state.take(consumer);
        drop(state);
        Ok(handed.map(|handed| QueueDelivery::new(Arc::clone(self), handed)))
    }

    /// Whole after every step, so a panic elsewhere does not spoil it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source for Queue {
    type Delivery = QueueDelivery;

    type Error = TransportError;

    async fn recv(&mut self) -> Result<Option<QueueDelivery>, TransportError> {
        let own = match self.own.take() {
            Some(own) => own,
            None => self.consumer(usize::MAX),
        };
        self.own.insert(own).recv().await
    }
}

impl Clone for Queue {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            own: None,
        }
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue")
            .field("name", &self.shared.name)
            .field("shards", &self.shards())
            .field("unsettled", &self.unsettled())
            .finish_non_exhaustive()
    }
}
