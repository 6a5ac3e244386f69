use super::{QueueDelivery, Shared};
use crate::{Source, memory::TransportError};
use std::fmt;
use std::sync::Arc;

/// A consumer of a [`Queue`](super::Queue), as one subscription of a client is.
///
/// Of a plain queue, consumers take messages as they come. Of a queue with a single active consumer, or in shards,
/// each shard is one consumer's: the shards are shared out anew when a consumer comes or goes, and one that is to
/// move stops flowing, and moves when nothing of it is unsettled.
///
/// Dropping it ends the subscription, and not its deliveries: those are settled, or dropped and delivered again, as
/// before. Its shards move when they are.
pub struct QueueConsumer {
    shared: Arc<Shared>,
    prefetch: usize,
    /// Its number, once it has subscribed.
    id: Option<u64>,
}

impl QueueConsumer {
    pub(super) fn new(shared: Arc<Shared>, prefetch: usize) -> Self {
        Self {
            shared,
            prefetch: prefetch.max(1),
            id: None,
        }
    }

    /// The shards that are its own now. One that is to move is still counted until it has moved.
    #[must_use]
    pub fn shards(&self) -> Vec<usize> {
        self.id
            .map(|id| self.shared.state().shards_of(id))
            .unwrap_or_default()
    }

    /// Subscribes, if it has not yet. [`recv`](Source::recv) does it, too.
    pub fn subscribe(&mut self) {
        self.subscribed();
    }

    /// Cuts its connection: what it has not settled is back in its old places, the shards are others', and it
    /// subscribes anew when it next asks for a message. An end of a process is the same without the last part.
    pub fn cut(&mut self) {
        if let Some(id) = self.id.take() {
            self.shared.state().cut(Some(id));
            self.shared.changed.notify_waiters();
        }
    }

    /// Its number; a new one when it had none, or its connection was cut.
    fn subscribed(&mut self) -> u64 {
        let mut state = self.shared.state();
        let known = self.id.filter(|id| state.is_joined(*id));
        let id = known.unwrap_or_else(|| state.join(self.prefetch));
        drop(state);
        if known.is_none() {
            // Shards that wait for nothing have moved already.
            self.shared.changed.notify_waiters();
        }
        self.id = Some(id);
        id
    }
}

impl Source for QueueConsumer {
    type Delivery = QueueDelivery;

    type Error = TransportError;

    async fn recv(&mut self) -> Result<Option<QueueDelivery>, TransportError> {
        let shared = Arc::clone(&self.shared);
        loop {
            // Created before looking, so that what happens in between (a cut, too) wakes it.
            let changed = shared.changed.notified();
            let id = self.subscribed();
            if let Some(delivery) = shared.take(Some(id))? {
                return Ok(Some(delivery));
            }
            changed.await;
        }
    }
}

impl Drop for QueueConsumer {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.shared.state().leave(id);
            self.shared.changed.notify_waiters();
        }
    }
}

impl fmt::Debug for QueueConsumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QueueConsumer")
            .field("queue", &self.shared.name)
            .field("prefetch", &self.prefetch)
            .field("shards", &self.shards())
            .finish_non_exhaustive()
    }
}
