use super::Shared;
use super::state::{Handed, Tag};
use crate::memory::TransportError;
use crate::memory::error::Kind;
use crate::{Delivery, OutboundMessage, Received};
use std::fmt;
use std::sync::Arc;

/// A message of a [`Queue`](super::Queue) that is yours until you settle it; dropped, it goes back to its old place.
#[must_use = "dropping a delivery gives it back to its queue"]
pub struct QueueDelivery {
    shared: Arc<Shared>,
    /// Taken when the delivery is settled.
    tag: Option<Tag>,
    message: Arc<OutboundMessage>,
    deliveries: u32,
}

impl QueueDelivery {
    pub(super) fn new(shared: Arc<Shared>, handed: Handed) -> Self {
        Self {
            shared,
            tag: Some(handed.tag),
            message: handed.message,
            deliveries: handed.deliveries,
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
        self.deliveries > 0
    }

    /// How often it was delivered before and came back: what a broker counts against its delivery limit.
    #[must_use]
    pub fn deliveries(&self) -> u32 {
        self.deliveries
    }

    /// Takes the message out of the queue. False when it is this delivery's no more, because the connection was cut
    /// or the queue deleted.
    pub fn ack(mut self) -> bool {
        let Some(tag) = self.tag.take() else {
            return false;
        };
        let mut state = self.shared.state();
        let settled = state.settle(tag);
        if let (Some(place), Some(recorder)) = (settled, &self.shared.recorder) {
            recorder.settled(&self.shared.name, place);
        }
        drop(state);
        self.shared.changed.notify_waiters();
        settled.is_some()
    }
}

impl Drop for QueueDelivery {
    fn drop(&mut self) {
        if let Some(tag) = self.tag.take() {
            self.shared.state().give_back(tag);
            self.shared.changed.notify_waiters();
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
        let headers = self.message.headers.iter();
        headers.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn body(&self) -> &[u8] {
        &self.message.body
    }

    fn is_redelivered(&self) -> bool {
        QueueDelivery::is_redelivered(self)
    }
}

impl Delivery for QueueDelivery {
    type Error = TransportError;

    async fn ack(self) -> Result<(), TransportError> {
        if QueueDelivery::ack(self) {
            Ok(())
        } else {
            Err(TransportError::new(Kind::Disconnected))
        }
    }
}

impl fmt::Debug for QueueDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QueueDelivery")
            .field("queue", &self.shared.name)
            .field("message_id", &self.message.message_id)
            .field("deliveries", &self.deliveries)
            .finish_non_exhaustive()
    }
}
