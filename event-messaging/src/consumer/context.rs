use crate::Received;
use crate::clock::Instant;

/// What a handler may know of a message besides the event itself.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub(super) exchange: &'a str,
    pub(super) routing_key: &'a str,
    pub(super) traceparent: Option<&'a str>,
    pub(super) attempt: u32,
    pub(super) deadline: Option<Instant>,
}

impl<'a> Context<'a> {
    pub(super) fn of<R: Received>(message: &'a R, attempt: u32, deadline: Option<Instant>) -> Self {
        Self {
            exchange: message.exchange(),
            routing_key: message.routing_key(),
            traceparent: message.header("traceparent"),
            attempt,
            deadline,
        }
    }

    /// The exchange (or topic) the message was published to.
    #[must_use]
    pub fn exchange(&self) -> &'a str {
        self.exchange
    }

    /// The routing key it was published with.
    #[must_use]
    pub fn routing_key(&self) -> &'a str {
        self.routing_key
    }

    /// The W3C trace context of the request that caused the event, as it came.
    #[must_use]
    pub fn traceparent(&self) -> Option<&'a str> {
        self.traceparent
    }

    /// Which attempt this is; the first one is 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// When the handler will be cut off.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }
}
