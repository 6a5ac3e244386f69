use crate::Error;
use crate::error::Kind;
use bytes::Bytes;
use event_contracts::{Envelope, Event, MessageId};
use std::collections::BTreeMap;

/// A message on its way out: where it goes, in which order, and the bytes.
///
/// This is what an outbox stores, row by row. All fields may be written as they are and read back through
/// [`new`](Self::new).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutboundMessage {
    /// The message's identifier; the same whenever the message is sent again.
    pub message_id: MessageId,
    /// The exchange (or topic) that it goes to.
    pub exchange: String,
    /// The routing key on that exchange.
    pub routing_key: String,
    /// The key within which order is kept.
    pub key: String,
    /// The message's number among those of its key, if it has one.
    pub sequence: Option<u64>,
    /// What a transport carries beside the body: trace context, for one.
    pub headers: BTreeMap<String, String>,
    /// The body's media type; `application/json` unless said otherwise.
    pub content_type: String,
    /// The body.
    pub body: Bytes,
}

impl OutboundMessage {
    /// A message of JSON without headers and number; set those afterwards.
    #[must_use]
    pub fn new(
        message_id: MessageId,
        exchange: impl Into<String>,
        routing_key: impl Into<String>,
        key: impl Into<String>,
        body: impl Into<Bytes>,
    ) -> Self {
        Self {
            message_id,
            exchange: exchange.into(),
            routing_key: routing_key.into(),
            key: key.into(),
            sequence: None,
            headers: BTreeMap::new(),
            content_type: "application/json".to_owned(),
            body: body.into(),
        }
    }

    /// Carries the W3C trace context of the request that causes the event, so that its handlers belong to the same
    /// trace: the headers `traceparent`, and `tracestate` where there is one.
    #[must_use]
    pub fn with_trace_context(mut self, traceparent: &str, tracestate: Option<&str>) -> Self {
        let headers = [("traceparent", Some(traceparent)), ("tracestate", tracestate)];
        for (name, value) in headers {
            if let Some(value) = value {
                self.headers.insert(name.to_owned(), value.to_owned());
            }
        }
        self
    }

    /// The message that carries an event: addressed by the event's type, with the canonical envelope as body.
    ///
    /// # Errors
    ///
    /// When the event cannot be written as JSON, which those of `event-contracts` always can.
    pub fn from_envelope<E: Event>(envelope: &Envelope<E>) -> Result<Self, Error> {
        let body = envelope
            .to_json()
            .map_err(|cause| Error::new(Kind::Encode(cause)))?;
        let metadata = envelope.metadata();
        let key = metadata
            .partition_key
            .as_deref()
            .unwrap_or_else(|| envelope.payload().key());
        let mut message = Self::new(
            metadata.message_id.clone(),
            E::EXCHANGE,
            E::ROUTING_KEY,
            key,
            body,
        );
        message.sequence = metadata.sequence;
        Ok(message)
    }
}
