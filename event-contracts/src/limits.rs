/// How large and how deep a message may be.
///
/// A queue carries whatever somebody puts into it. Without a bound, one message of a gigabyte, or one that is
/// nothing but opening brackets, costs every consumer its memory or its stack, and costs it again at each
/// redelivery. So a reader refuses before it reads on: the size before anything else, the depth at the bracket that
/// goes too far, also inside a payload that nobody decodes. What is refused has an error of its own
/// ([`Error::is_too_large`](crate::Error::is_too_large), [`Error::is_too_deep`](crate::Error::is_too_deep)), since a
/// refused message is put aside and not tried again.
///
/// ```
/// use event_contracts::{Limits, RawEnvelope};
///
/// let body = br#"{"messageId":"m-1","messageType":"Any","messageVersion":"1.0",
///     "timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{"tree":{"leaf":[]}}}"#;
/// assert!(RawEnvelope::parse(body).is_ok());
///
/// let flat = Limits::default().with_max_depth(3);
/// assert!(RawEnvelope::parse_within(body, &flat).unwrap_err().is_too_deep());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most bytes that a message has. 1 MiB (1,048,576) unless said otherwise: the platform's own limit for the
    /// body of a request, and what Kafka's default of `message.max.bytes` lets through; RabbitMQ lets through more.
    pub max_bytes: usize,
    /// How many objects and arrays may stand inside each other, the envelope being the first. 128 unless said
    /// otherwise, which is also the most: `serde_json`, which decodes payloads, goes no deeper.
    pub max_depth: u8,
}

impl Limits {
    /// The deepest nesting that can be allowed.
    pub const DEEPEST: u8 = 128;

    /// Sets the most bytes that a message has.
    #[must_use]
    pub const fn with_max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Sets the deepest nesting; more than [`DEEPEST`](Self::DEEPEST) counts as that.
    #[must_use]
    pub const fn with_max_depth(mut self, max_depth: u8) -> Self {
        self.max_depth = max_depth;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 1 << 20,
            max_depth: Self::DEEPEST,
        }
    }
}
