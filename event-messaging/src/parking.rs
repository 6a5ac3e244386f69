use event_contracts::MessageId;
use std::collections::BTreeMap;
use std::time::Duration;

/// A message on its way into the park: where a key waits whose first message failed and is to be tried again much
/// later. In the store it blocks no prefetch window and outlives the process, and the broker's own consumer
/// timeout does not matter.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct NewlyParked<'a> {
    /// The consumer's name.
    pub consumer: &'a str,
    /// The key.
    pub key: &'a str,
    /// What it is.
    pub content: &'a ParkedContent,
    /// How often it was tried; 0 for one that only waits behind another of its key.
    pub attempts: u32,
    /// How long it has been tried already.
    pub tried_for: Duration,
    /// How long it is to rest.
    pub delay: Duration,
    /// Why it failed; empty for one that only waits.
    pub reason: &'a str,
    /// Whether it was [redriven](crate::REDRIVEN_AT), and takes the place of itself in the park.
    pub is_redriven: bool,
}

impl<'a> NewlyParked<'a> {
    /// A message that waits behind another of its key, and is due when that one is gone.
    #[must_use]
    pub fn behind(consumer: &'a str, key: &'a str, content: &'a ParkedContent) -> Self {
        Self {
            consumer,
            key,
            content,
            attempts: 0,
            tried_for: Duration::ZERO,
            delay: Duration::ZERO,
            reason: "",
            is_redriven: false,
        }
    }

    /// Says that it failed: how often it was tried, for how long, why, and how long it is to rest.
    #[must_use]
    pub fn failed(mut self, attempts: u32, tried_for: Duration, delay: Duration, reason: &'a str) -> Self {
        (self.attempts, self.tried_for, self.delay, self.reason) = (attempts, tried_for, delay, reason);
        self
    }

    /// Says whether it was redriven.
    #[must_use]
    pub fn redriven(mut self, is_redriven: bool) -> Self {
        self.is_redriven = is_redriven;
        self
    }
}

/// All of a message that must survive its stay in the park.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParkedContent {
    /// The message's identifier.
    pub message_id: MessageId,
    /// The exchange (or topic) it was published to.
    pub exchange: String,
    /// The routing key it was published with.
    pub routing_key: String,
    /// The body's media type.
    pub content_type: Option<String>,
    /// Its headers.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

impl ParkedContent {
    /// A message without headers; set them afterwards.
    #[must_use]
    pub fn new(
        message_id: MessageId,
        exchange: impl Into<String>,
        routing_key: impl Into<String>,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        Self {
            message_id,
            exchange: exchange.into(),
            routing_key: routing_key.into(),
            content_type: None,
            headers: BTreeMap::new(),
            body: body.into(),
        }
    }
}

/// A parked message that was claimed: the first of its key, due for another attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parked {
    /// The claim.
    pub lease: ParkedLease,
    /// Its key.
    pub key: String,
    /// What it is.
    pub content: ParkedContent,
    /// How often it has been tried; the coming attempt is not counted.
    pub attempts: u32,
    /// How long it has been tried, from its first attempt on.
    pub tried_for: Duration,
    /// Why it failed the last time.
    pub reason: String,
}

impl Parked {
    /// A message of `key`, claimed.
    #[must_use]
    pub fn new(
        lease: ParkedLease,
        key: impl Into<String>,
        content: ParkedContent,
        attempts: u32,
        tried_for: Duration,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            lease,
            key: key.into(),
            content,
            attempts,
            tried_for,
            reason: reason.into(),
        }
    }
}

/// Which parked message, and under which claim of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParkedLease {
    /// The row.
    pub row: i64,
    /// The number of the claim: a later claim of the same row has a greater one.
    pub fence: i64,
}
