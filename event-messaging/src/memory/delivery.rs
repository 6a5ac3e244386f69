use super::Queue;
use super::queue::Entry;
use crate::{Delivery, OutboundMessage};
use std::sync::Arc;

/// A message of a [`Queue`] that is yours until you settle it; dropped, it goes back to its old place.
#[derive(Debug)]
#[must_use = "dropping a delivery gives it back to its queue"]
pub struct QueueDelivery {
    queue: Queue,
    /// Taken when the delivery is settled.
    entry: Option<Entry>,
    message: Arc<OutboundMessage>,
    redelivered: bool,
}

impl QueueDelivery {
    pub(super) fn new(queue: Queue, entry: Entry) -> Self {
        let (message, redelivered) = (Arc::clone(&entry.message), entry.redelivered);
        Self {
            queue,
            entry: Some(entry),
            message,
            redelivered,
        }
    }

    /// The message as it was published.
    #[must_use]
    pub fn message(&self) -> &OutboundMessage {
        &self.message
    }

    /// Whether it was delivered before.
    #[must_use]
    pub fn is_redelivered(&self) -> bool {
        self.redelivered
    }

    /// Takes the message out of the queue.
    pub fn ack(mut self) {
        if let Some(entry) = self.entry.take() {
            drop(entry.room);
        }
    }

    /// Puts the message aside with a reason; see [`Queue::take_rejected`].
    pub fn reject(mut self, reason: impl Into<String>) {
        if let Some(entry) = self.entry.take() {
            self.queue.put_aside(entry, reason.into());
        }
    }
}

impl Drop for QueueDelivery {
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.queue.give_back(entry);
        }
    }
}

impl Delivery for QueueDelivery {
    fn body(&self) -> &[u8] {
        &self.message.body
    }

    fn routing_key(&self) -> &str {
        &self.message.routing_key
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.message.headers.get(name).map(String::as_str)
    }

    fn is_redelivered(&self) -> bool {
        self.redelivered
    }

    async fn ack(self) {
        QueueDelivery::ack(self);
    }

    async fn reject(self, reason: &str) {
        QueueDelivery::reject(self, reason);
    }
}
