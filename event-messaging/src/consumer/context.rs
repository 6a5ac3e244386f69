use crate::Received;
use crate::clock::{self, Instant};
use event_contracts::RawEnvelope;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

/// What a handler may know of a message besides the event itself.
pub struct Context<'a> {
    message: &'a dyn Carried,
    attempt: u32,
    limit: Duration,
    /// Set when somebody asks for the deadline, or when the handler did not end at once: most need no clock.
    began: OnceLock<Instant>,
}

impl<'a> Context<'a> {
    /// The context of `message` in its attempt number `attempt` (the first one is 1), which may take `limit`. What a
    /// consumer makes for its handler, and a test of a handler for itself.
    #[must_use]
    pub fn new<R: Received>(message: &'a R, attempt: u32, limit: Duration) -> Self {
        Self {
            message,
            attempt,
            limit,
            began: OnceLock::new(),
        }
    }

    /// The exchange (or topic) the message was published to.
    #[must_use]
    pub fn exchange(&self) -> &'a str {
        self.message.exchange()
    }

    /// The routing key it was published with.
    #[must_use]
    pub fn routing_key(&self) -> &'a str {
        self.message.routing_key()
    }

    /// A header by its name, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.message.header(name)
    }

    /// The W3C trace context of the request that caused the event, as it came.
    #[must_use]
    pub fn traceparent(&self) -> Option<&'a str> {
        self.header("traceparent")
    }

    /// What tracing systems added to the trace context, as it came.
    #[must_use]
    pub fn tracestate(&self) -> Option<&'a str> {
        self.header("tracestate")
    }

    /// The correlation id of the request that caused the event. It stands in the envelope, which is read again for
    /// it: take it from the event's metadata where that is at hand.
    #[must_use]
    pub fn correlation_id(&self) -> Option<String> {
        let raw = RawEnvelope::parse(self.message.body()).ok()?;
        raw.correlation_id().map(str::to_owned)
    }

    /// Which attempt this is; the first one is 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// When the handler will be cut off.
    #[must_use]
    pub fn deadline(&self) -> Instant {
        clock::later(*self.began.get_or_init(clock::now), self.limit)
    }

    /// When the attempt began, if a clock was read at all.
    pub(super) fn began(&self) -> Option<Instant> {
        self.began.get().copied()
    }
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("exchange", &self.exchange())
            .field("routing_key", &self.routing_key())
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

/// The part of [`Received`] that can be asked for without knowing which transport it is.
trait Carried: Send + Sync {
    fn exchange(&self) -> &str;
    fn routing_key(&self) -> &str;
    fn header(&self, name: &str) -> Option<&str>;
    fn body(&self) -> &[u8];
}

impl<R: Received> Carried for R {
    fn exchange(&self) -> &str {
        Received::exchange(self)
    }

    fn routing_key(&self) -> &str {
        Received::routing_key(self)
    }

    fn header(&self, name: &str) -> Option<&str> {
        Received::header(self, name)
    }

    fn body(&self) -> &[u8] {
        Received::body(self)
    }
}
