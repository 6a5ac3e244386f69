use super::Queue;
use super::queue::Entry;
use crate::{Delivery, OutboundMessage, Received};
use std::convert::Infallible;
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
}

impl Drop for QueueDelivery {
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.queue.give_back(entry);
        }
    }
}

impl Received for QueueDelivery {
    fn exchange(&self) -> &str {
        &self.message.exchange
    }

    fn routing_key(&self) -> &str {
        &self.message.routing_key
    }

    fn content_type(&self) -> Option<&str> {
        Some(&self.message.content_type)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.message.headers.get(name).map(String::as_str)
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.message
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn body(&self) -> &[u8] {
        &self.message.body
    }

    fn is_redelivered(&self) -> bool {
        self.redelivered
    }
}

impl Delivery for QueueDelivery {
    type Error = Infallible;

    async fn ack(self) -> Result<(), Infallible> {
        QueueDelivery::ack(self);
        Ok(())
    }
}
