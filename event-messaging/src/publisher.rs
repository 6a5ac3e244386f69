use crate::OutboundMessage;
use std::future::Future;
use std::sync::Arc;

/// The way out: hands messages to a broker and learns what became of each.
///
/// An implementation may hand the messages of a batch over all at once: the [`Relay`](crate::Relay) never puts two
/// of one key into a batch, because the second may go only after the first was confirmed.
///
/// It **answers within a time of its own**, since a broker that blocks must not block its callers; what it cannot
/// settle by then is [`Outcome::Unknown`]. It retries nothing: that is for the caller, who knows the order.
///
/// The future must be safe to drop: a message whose answer nobody waited for may or may not have been stored.
pub trait Publisher: Send + Sync {
    /// Publishes the messages. The answer has one outcome for each message, in the same order.
    fn publish(&self, batch: Vec<OutboundMessage>) -> impl Future<Output = Vec<Outcome>> + Send;
}

/// What became of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Stored in every queue that its routing key reaches, at least one, and confirmed. The only success.
    Sent,
    /// No queue is bound for it: nobody would ever see it. Nothing was stored.
    Unroutable,
    /// Refused by the broker: a full queue, for one. Sending it again later may succeed.
    Nacked,
    /// No answer came (a lost connection, a deadline): it may have been stored. Send it again with the same
    /// message id; consumers absorb the duplicate.
    Unknown,
}

impl Outcome {
    /// Whether the message was stored and confirmed.
    #[must_use]
    pub fn is_sent(self) -> bool {
        self == Self::Sent
    }

    /// The name, in lower case, for logs and for a row's last error.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Unroutable => "unroutable",
            Self::Nacked => "nacked",
            Self::Unknown => "unknown",
        }
    }
}

impl<P: Publisher> Publisher for Arc<P> {
    fn publish(&self, batch: Vec<OutboundMessage>) -> impl Future<Output = Vec<Outcome>> + Send {
        P::publish(self, batch)
    }
}
