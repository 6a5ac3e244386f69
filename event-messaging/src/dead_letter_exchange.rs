use crate::clock::{self, Instant};
use crate::{DeadLetters, Failure, OutboundMessage, Outcome, Publisher, Received};
use event_contracts::{MessageId, RawEnvelope};
use product_types::Timestamp;
use std::fmt;
use std::time::Duration;

/// Dead letters as messages on an exchange (or topic) of their own, published like any other: safe when the broker
/// has confirmed them.
///
/// The body, the routing key and the headers are those of the message; what is said of it stands in these headers:
///
/// | header | what |
/// |---|---|
/// | `x-dead-letter-kind` | [`FailureKind`](crate::FailureKind), in lower case |
/// | `x-dead-letter-reason` | the error and its causes |
/// | `x-dead-letter-attempts` | how often the handler was called |
/// | `x-dead-letter-tried-ms` | how long it was tried, in milliseconds |
/// | `x-dead-letter-consumer` | who gave it up |
/// | `x-dead-letter-at` | when, RFC 3339 |
/// | `x-original-exchange`, `x-original-routing-key` | where it was published |
///
/// [`OutboundMessage::from_dead_letter`] makes the message of it again.
#[derive(Clone, Debug)]
pub struct DeadLetterExchange<P> {
    publisher: P,
    exchange: String,
    timeout: Duration,
}

pub(crate) const KIND: &str = "x-dead-letter-kind";
pub(crate) const REASON: &str = "x-dead-letter-reason";
pub(crate) const ATTEMPTS: &str = "x-dead-letter-attempts";
pub(crate) const TRIED_MS: &str = "x-dead-letter-tried-ms";
pub(crate) const CONSUMER: &str = "x-dead-letter-consumer";
pub(crate) const AT: &str = "x-dead-letter-at";
pub(crate) const ORIGINAL_EXCHANGE: &str = "x-original-exchange";
pub(crate) const ORIGINAL_ROUTING_KEY: &str = "x-original-routing-key";

/// The longest reason that goes into a header, in bytes; a stack of causes must not make a message that no broker
/// takes.
const REASON_LIMIT: usize = 2_048;

impl<P: Publisher> DeadLetterExchange<P> {
    /// Dead letters go to `exchange` by `publisher`, each within 10 seconds.
    #[must_use]
    pub fn new(publisher: P, exchange: impl Into<String>) -> Self {
        Self {
            publisher,
            exchange: exchange.into(),
            timeout: Duration::from_secs(10),
        }
    }

    /// Sets how long one may take.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    fn letter<R: Received>(&self, message: &R, failure: &Failure) -> OutboundMessage {
        let mut letter = readdressed(message, &self.exchange, message.routing_key());
        for (name, value) in [
            (KIND, failure.kind.as_str().to_owned()),
            (REASON, clipped(&failure.reason).to_owned()),
            (ATTEMPTS, failure.attempts.to_string()),
            (TRIED_MS, failure.tried_for.as_millis().to_string()),
            (CONSUMER, failure.consumer.clone()),
            (AT, Timestamp::now().to_string()),
            (ORIGINAL_EXCHANGE, message.exchange().to_owned()),
            (ORIGINAL_ROUTING_KEY, message.routing_key().to_owned()),
        ] {
            letter.headers.insert(name.to_owned(), value);
        }
        letter
    }

    fn deadline(&self) -> Instant {
        clock::after(self.timeout)
    }
}

impl<P: Publisher> DeadLetters for DeadLetterExchange<P> {
    type Error = NotPut;

    async fn put<R: Received>(&self, message: &R, failure: &Failure) -> Result<(), NotPut> {
        let letter = self.letter(message, failure);
        let answer = clock::until(self.deadline(), self.publisher.publish(vec![letter])).await;
        match answer.and_then(|outcomes| outcomes.first().copied()) {
            Some(Outcome::Sent) => Ok(()),
            other => Err(NotPut(other.unwrap_or(Outcome::Unknown))),
        }
    }
}

/// A dead letter that the broker did not confirm. [`Unroutable`](Outcome::Unroutable) means that no queue is bound to
/// the exchange of dead letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPut(Outcome);

impl NotPut {
    /// What became of it.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0
    }
}

impl fmt::Display for NotPut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the dead letter was not confirmed: {}", self.0.as_str())
    }
}

impl std::error::Error for NotPut {}

/// The message with another address. Its id, key and number stand in its envelope; one that cannot be read gets an id of
/// its own.
pub(crate) fn readdressed<R: Received>(message: &R, exchange: &str, routing_key: &str) -> OutboundMessage {
    let raw = RawEnvelope::parse(message.body()).ok();
    let id = raw.as_ref().and_then(|raw| MessageId::new(raw.message_id()).ok());
    let message_id = id.unwrap_or_else(|| MessageId::at(Timestamp::now()));
    let key = raw.as_ref().and_then(|raw| raw.partition_key());
    let key = key.unwrap_or(message_id.as_str()).to_owned();
    let body = message.body().to_vec();
    let mut outbound = OutboundMessage::new(message_id, exchange, routing_key, key, body);
    outbound.sequence = raw.as_ref().and_then(|raw| raw.sequence());
    if let Some(content_type) = message.content_type() {
        content_type.clone_into(&mut outbound.content_type);
    }
    let headers = message.headers();
    outbound.headers = headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    outbound
}

/// The beginning of the text, cut between characters.
fn clipped(text: &str) -> &str {
    let end = (0..=REASON_LIMIT.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}
