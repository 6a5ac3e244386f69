//! The envelope as read, whichever dialect it was in.

mod detect;
mod key;
mod members;
mod name;
mod reader;
mod resolve;

pub(crate) use key::is_key;
pub use reader::EnvelopeReader;

use crate::catalogue::EventType;
use crate::error::Kind;
use crate::names::{self, without_suffixes};
use crate::view::EventView;
use crate::{Dialect, Envelope, Error, Event, Limits, MessageId, Metadata, Payload, Version};
use product_types::Timestamp;
use std::borrow::Cow;

/// A message whose envelope has been read and whose payload has not: enough to route, to skip and to
/// de-duplicate.
///
/// Most messages that reach a consumer are not for it, and of a dozen instances only one does the work. Decoding a
/// payload of ten kilobytes to find that out is what makes consumers slow. So the envelope comes first: which
/// message, of which type and version, in which order; the payload's JSON is checked for form, measured, and left
/// where it is. Nothing is copied out of the message; the texts here borrow from the bytes.
///
/// The envelope may be in any [`Dialect`]. What the dialect does not carry is derived where that is possible (see
/// the table there) and missing otherwise.
///
/// ```
/// use event_contracts::{Dialect, RawEnvelope};
///
/// let raw = RawEnvelope::parse(br#"{
///     "eventId": "evt_7f3a", "eventType": "StockLevelChangedEvent", "version": "1.0",
///     "timestamp": "2026-03-02T09:15:00Z", "source": "InventoryService",
///     "data": {"sku": "JKT-M-MOSS", "newQuantity": 3}
/// }"#)?;
/// assert_eq!(raw.dialect(), Dialect::Search);
/// assert_eq!(raw.message_type(), "StockLevelChanged");
/// assert_eq!(raw.source(), "inventory-service");
/// assert_eq!(raw.correlation_id(), None);
/// # Ok::<(), event_contracts::Error>(())
/// ```
#[derive(Debug)]
pub struct RawEnvelope<'a> {
    message: &'a [u8],
    parts: Parts<'a>,
    /// The event by which the catalogue knows the type.
    known: Option<&'static EventType>,
    payload: &'a str,
}

/// What an envelope says, whatever carried it.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) dialect: Dialect,
    /// Not empty. None of the texts contains a NUL character.
    pub(crate) message_id: Cow<'a, str>,
    /// As written.
    pub(crate) message_type: Cow<'a, str>,
    pub(crate) version: Version,
    pub(crate) timestamp: Timestamp,
    pub(crate) source: Cow<'a, str>,
    pub(crate) correlation_id: Option<Cow<'a, str>>,
    pub(crate) causation_id: Option<Cow<'a, str>>,
    pub(crate) partition_key: Option<Cow<'a, str>>,
    pub(crate) sequence: Option<u64>,
}

impl<'a> RawEnvelope<'a> {
    /// Reads the envelope, within the default [`Limits`]. The payload's JSON is checked for form and not decoded.
    ///
    /// # Errors
    ///
    /// When this is no envelope of any dialect, contradicts itself, or is too large or too deep; the error knows
    /// the position.
    pub fn parse(body: &'a [u8]) -> Result<Self, Error> {
        Self::parse_within(body, &Limits::default())
    }

    /// As [`parse`](Self::parse), within other limits.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_within(body: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        EnvelopeReader::read(body, limits)
    }

    /// Puts together an envelope whose parts came beside the body, which is the payload.
    pub(crate) fn from_parts(parts: Parts<'a>, body: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let payload = reader::payload_alone(body, limits)?;
        Ok(Self::new(body, parts, payload))
    }

    fn new(message: &'a [u8], mut parts: Parts<'a>, payload: &'a str) -> Self {
        let known = names::find(&parts.message_type);
        if let (None, Some(event)) = (&parts.partition_key, known) {
            parts.partition_key = key::find(payload, event);
        }
        Self {
            message,
            parts,
            known,
            payload,
        }
    }

    /// Which form of the envelope this is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.parts.dialect
    }

    /// The identifier of this message, never empty.
    #[must_use]
    pub fn message_id(&self) -> &str {
        &self.parts.message_id
    }

    /// The canonical name of the event's type, whichever of its names the message bears.
    #[must_use]
    pub fn message_type(&self) -> &str {
        match self.known {
            Some(event) => event.name,
            None => without_suffixes(&self.parts.message_type),
        }
    }

    /// The name of the event's type as the message bears it.
    #[must_use]
    pub fn message_type_as_written(&self) -> &str {
        &self.parts.message_type
    }

    /// The version of the payload's schema.
    #[must_use]
    pub fn version(&self) -> Version {
        self.parts.version
    }

    /// When it happened at the source.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.parts.timestamp
    }

    /// The service that says so; `ProductService` reads as `product-service`.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.parts.source
    }

    /// The correlation id of the request that caused the message.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.parts.correlation_id.as_deref()
    }

    /// The identifier of the message that caused this one.
    #[must_use]
    pub fn causation_id(&self) -> Option<&str> {
        self.parts.causation_id.as_deref()
    }

    /// The identifier within which order is kept: the one that the envelope states, else its `aggregateId`, else
    /// the payload's key, when the type is in the [`catalogue`](crate::catalogue).
    #[must_use]
    pub fn partition_key(&self) -> Option<&str> {
        self.parts.partition_key.as_deref()
    }

    /// The message's number among those of its key.
    #[must_use]
    pub fn sequence(&self) -> Option<u64> {
        self.parts.sequence
    }

    /// The payload as it came, as JSON text.
    #[must_use]
    pub fn payload_json(&self) -> &'a str {
        self.payload
    }

    /// Whether the message is an event of type `E`, by any of its names, in any version.
    #[must_use]
    pub fn is<E: Event>(&self) -> bool {
        names::is::<E>(self.known, &self.parts.message_type)
    }

    /// Everything the envelope says, as owned values.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        let owned = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
        let parts = &self.parts;
        Metadata {
            message_id: MessageId::new(&parts.message_id).expect("reading refuses what is no message id"),
            version: parts.version,
            timestamp: parts.timestamp,
            source: parts.source.as_ref().to_owned(),
            correlation_id: owned(&parts.correlation_id),
            causation_id: parts.causation_id.as_ref().and_then(|id| MessageId::new(id).ok()),
            partition_key: owned(&parts.partition_key),
            sequence: parts.sequence,
        }
    }

    /// The error with which a reader of `wanted` refuses this message.
    #[must_use]
    pub fn refuse(&self, wanted: &'static str) -> Error {
        Error::new(Kind::OtherType(wanted))
    }

    /// Decodes the payload as an event of type `E`.
    ///
    /// A partition key that the message does not state is the event's [`key`](Event::key).
    ///
    /// # Errors
    ///
    /// When the message is of another type, of a major version that `E` does not read, or the payload does not
    /// fit; then the position counts from the start of the whole message.
    pub fn decode<E: Event>(&self) -> Result<Envelope<E>, Error> {
        let (payload, is_own_form) = self.payload_of::<E>(without_suffixes(&self.parts.message_type))?;
        let payload = if is_own_form {
            payload.decode()
        } else {
            E::read_payload(payload)
        }?;
        Ok(self.envelope(payload))
    }

    /// Decodes the payload as a view that borrows from the message; [`view`](crate::view) says when to use one.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode) of the event that it is a view of.
    pub fn view<V: EventView<'a>>(&self) -> Result<V, Error> {
        let written_type = match &self.parts.message_type {
            Cow::Borrowed(name) => without_suffixes(name),
            // A name with escapes lives no longer than the envelope.
            Cow::Owned(_) => V::Event::TYPE,
        };
        let (payload, is_own_form) = self.payload_of::<V::Event>(written_type)?;
        if is_own_form {
            payload.decode()
        } else {
            V::read_payload(payload)
        }
    }

    /// The payload for a reader of `E`, and whether it is in the form that `E` has now.
    fn payload_of<'p, E: Event>(&self, written_type: &'p str) -> Result<(Payload<'p>, bool), Error>
    where
        'a: 'p,
    {
        if !self.is::<E>() {
            return Err(self.refuse(E::TYPE));
        }
        if !E::VERSION.is_read_from(E::OLDEST_MAJOR, self.version()) {
            return Err(Error::new(Kind::OtherMajor(E::TYPE)));
        }
        let is_own_name = without_suffixes(&self.parts.message_type) == E::TYPE;
        let is_own_form = is_own_name && self.version().major == E::VERSION.major;
        let payload = Payload::new(
            self.message,
            self.payload,
            written_type,
            self.version(),
            self.timestamp(),
            E::TYPE,
        );
        Ok((payload, is_own_form))
    }

    fn envelope<E: Event>(&self, payload: E) -> Envelope<E> {
        let mut metadata = self.metadata();
        if metadata.partition_key.is_none() && is_key(payload.key()) {
            metadata.partition_key = Some(payload.key().to_owned());
        }
        // What was read from an older major version is written in its own.
        if metadata.version.major != E::VERSION.major {
            metadata.version = E::VERSION;
        }
        Envelope::from_parts(metadata, payload)
    }
}
