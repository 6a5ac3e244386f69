use crate::error::Kind;
use crate::raw::is_key;
use crate::{EnvelopeReader, Error, Event, FromEnvelope, MessageId, Metadata, RawEnvelope, Version};
use product_types::Timestamp;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};

/// An event and what the envelope says about it: the platform's canonical `StandardMessage`.
///
/// Type, version and partition key are those of the payload. The canonical JSON form is written by
/// [`to_json`](Self::to_json), or by serde.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope<E> {
    metadata: Metadata,
    payload: E,
}

impl<E: Event> Envelope<E> {
    /// Wraps an event that is about to be published, with a new message id of the instant `timestamp`.
    ///
    /// `source` is the publishing service, `correlation_id` that of the request that caused the event, and
    /// `timestamp` the instant at which it happened. With a NUL character in either text it [cannot be
    /// written](Self::to_json). Needs the feature `generate`, which is on by default.
    #[cfg(feature = "generate")]
    #[must_use]
    pub fn new(
        payload: E,
        source: impl Into<String>,
        correlation_id: impl Into<String>,
        timestamp: Timestamp,
    ) -> Self {
        Self::new_with_id(
            MessageId::at(timestamp),
            payload,
            source,
            correlation_id,
            timestamp,
        )
    }

    /// As [`new`](Self::new), for a writer that makes its message ids itself.
    #[must_use]
    pub fn new_with_id(
        message_id: MessageId,
        payload: E,
        source: impl Into<String>,
        correlation_id: impl Into<String>,
        timestamp: Timestamp,
    ) -> Self {
        let metadata = Metadata {
            message_id,
            version: E::VERSION,
            timestamp,
            source: source.into(),
            correlation_id: Some(correlation_id.into()),
            causation_id: None,
            partition_key: Some(payload.key()).filter(|key| is_key(key)).map(str::to_owned),
            sequence: None,
        };
        Self { metadata, payload }
    }

    /// Gives the message its number among the events of its key; the first one is 1.
    #[must_use]
    pub fn with_sequence(mut self, sequence: u64) -> Self {
        self.metadata.sequence = Some(sequence);
        self
    }

    /// Names the message that caused this one.
    #[must_use]
    pub fn caused_by(mut self, message_id: MessageId) -> Self {
        self.metadata.causation_id = Some(message_id);
        self
    }

    /// Decodes a message of this one type.
    ///
    /// # Errors
    ///
    /// When the envelope cannot be read, the message is of another type or an unsupported major version, or the
    /// payload does not fit.
    pub fn decode(body: &[u8]) -> Result<Self, Error> {
        EnvelopeReader::open(body)?.decode()
    }

    /// The same message with its event in an older version, for readers that have not gone over to this one.
    ///
    /// Message id, key and sequence stay: a consumer that is sent both versions handles the event once, and both
    /// stand at the same place among the events of their key. Each goes out under its own routing key.
    ///
    /// ```
    /// use event_contracts::discount::{self, v2};
    /// use event_contracts::{Envelope, Event, MessageId};
    /// use product_types::{CurrencyCode, DiscountId, Money, Timestamp};
    ///
    /// let (from, until) = ("2026-06-01T00:00:00Z".parse()?, "2026-07-01T00:00:00Z".parse()?);
    /// let five_euros = v2::Benefit::FixedAmount(Money::new("5.00".parse()?, CurrencyCode::EUR));
    /// let event = v2::DiscountCreated::new(DiscountId::new("disc_1")?, "June", five_euros, from..until, true);
    /// let new = Envelope::new_with_id(MessageId::new("m-1")?, event, "product-service", "order-4711", from);
    ///
    /// let old: Envelope<discount::DiscountCreated> = new.clone().downcast();
    /// assert_eq!(old.metadata().version.to_string(), "1.0");
    /// assert_eq!(old.metadata().message_id, new.metadata().message_id);
    /// assert_eq!(old.payload().value.to_string(), "5.00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn downcast<Old: Event + From<E>>(self) -> Envelope<Old> {
        const {
            assert!(
                Old::VERSION.major < E::VERSION.major,
                "downcast goes to an older major version of the same event"
            );
        }
        let mut metadata = self.metadata;
        metadata.version = Old::VERSION;
        Envelope::from_parts(metadata, self.payload.into())
    }

    /// The canonical name of the event's type.
    #[must_use]
    pub fn message_type(&self) -> &'static str {
        E::TYPE
    }

    /// Writes the canonical envelope as JSON, in UTF-8.
    ///
    /// # Errors
    ///
    /// When a NUL character, which readers refuse, is in the source or the correlation id, and when the event's own
    /// `Serialize` fails; that of the events of this crate does not.
    pub fn to_json(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(|cause| Error::json(Kind::Encode(E::TYPE), None, cause))
    }

    /// Appends to `buffer` what [`to_json`](Self::to_json) would return, for a writer that uses one buffer for many
    /// messages.
    ///
    /// # Errors
    ///
    /// As [`to_json`](Self::to_json); then `buffer` is as it was.
    pub fn to_json_into(&self, buffer: &mut Vec<u8>) -> Result<(), Error> {
        let before = buffer.len();
        serde_json::to_writer(&mut *buffer, self).map_err(|cause| {
            buffer.truncate(before);
            Error::json(Kind::Encode(E::TYPE), None, cause)
        })
    }
}

impl<E> Envelope<E> {
    pub(crate) fn from_parts(metadata: Metadata, payload: E) -> Self {
        Self { metadata, payload }
    }

    /// What the envelope says about the message.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The event.
    #[must_use]
    pub fn payload(&self) -> &E {
        &self.payload
    }

    /// The event, taken out of its envelope.
    #[must_use]
    pub fn into_payload(self) -> E {
        self.payload
    }

    /// Both halves.
    #[must_use]
    pub fn into_parts(self) -> (Metadata, E) {
        (self.metadata, self.payload)
    }
}

impl<E: Event> FromEnvelope for Envelope<E> {
    fn is_accepted(raw: &RawEnvelope<'_>) -> bool {
        raw.is::<E>() && E::VERSION.is_read_from(E::OLDEST_MAJOR, raw.version())
    }

    fn from_envelope(raw: &RawEnvelope<'_>) -> Result<Self, Error> {
        raw.decode()
    }

    fn read(reader: EnvelopeReader<'_>) -> Result<(RawEnvelope<'_>, Option<Self>), Error> {
        reader.decode_in_place()
    }
}

impl<E: Event> Serialize for Envelope<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.metadata.writable().map_err(S::Error::custom)?;
        Written::new(E::TYPE, &self.metadata, &self.payload).serialize(serializer)
    }
}

/// The platform's canonical envelope.
// In the order in which people read it. What stands here as documentation is that of the schema too.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "StandardMessage")
)]
pub(crate) struct Written<'a, P> {
    /// This very message; the key for de-duplication. The same when the message is sent again.
    message_id: &'a MessageId,
    /// The event's type, in the past tense.
    message_type: &'a str,
    /// The version of the payload's schema; a new major breaks.
    message_version: Version,
    /// When it happened at the source.
    timestamp: Timestamp,
    /// The service that says so.
    source: &'a str,
    /// Carried from the request that caused the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    correlation_id: Option<&'a str>,
    /// The message that caused this one, if a message did.
    #[serde(skip_serializing_if = "Option::is_none")]
    causation_id: Option<&'a MessageId>,
    /// The identifier within which order is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    partition_key: Option<&'a str>,
    /// A counter for each partition key, one more for every event written. A consumer drops what is not above what
    /// it has, and a hole tells it that something was missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<u64>,
    /// What happened; its form follows from type and version.
    payload: &'a P,
}

impl<'a, P> Written<'a, P> {
    pub(crate) fn new(message_type: &'a str, metadata: &'a Metadata, payload: &'a P) -> Self {
        Self {
            message_id: &metadata.message_id,
            message_type,
            message_version: metadata.version,
            timestamp: metadata.timestamp,
            source: &metadata.source,
            correlation_id: metadata.correlation_id.as_deref(),
            causation_id: metadata.causation_id.as_ref(),
            partition_key: metadata.partition_key.as_deref(),
            sequence: metadata.sequence,
            payload,
        }
    }
}
