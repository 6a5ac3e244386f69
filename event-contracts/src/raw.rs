use crate::error::{Kind, Position};
use crate::names::without_suffixes;
use crate::view::{EventView, Text};
use crate::{Envelope, Error, Event, MessageId, Metadata, Payload, Version, canonical_type};
use product_types::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A message whose envelope has been read and whose payload has not: enough to route, to skip and to
/// de-duplicate. Borrows from the bytes it was parsed from.
#[derive(Debug)]
pub struct RawEnvelope<'a> {
    input: &'a [u8],
    read: Read<'a>,
}

impl<'a> RawEnvelope<'a> {
    /// Reads the envelope. The payload's JSON is checked for form and not decoded.
    ///
    /// # Errors
    ///
    /// When this is not a canonical envelope; the error knows the position.
    pub fn parse(body: &'a [u8]) -> Result<Self, Error> {
        let read: Read<'a> = serde_json::from_slice(body).map_err(|cause| {
            let position = Position {
                line: cause.line(),
                column: cause.column(),
            };
            Error::json(Kind::Envelope, Some(position), cause)
        })?;
        if read.message_id.0.is_empty() {
            return Err(Error::new(Kind::EmptyMessageId));
        }
        Ok(Self { input: body, read })
    }

    /// The identifier of this message, never empty.
    #[must_use]
    pub fn message_id(&self) -> &str {
        &self.read.message_id.0
    }

    /// The canonical name of the event's type, whichever of its names the message bears.
    #[must_use]
    pub fn message_type(&self) -> &str {
        canonical_type(&self.read.message_type.0)
    }

    /// The name of the event's type as the message bears it.
    #[must_use]
    pub fn message_type_as_written(&self) -> &str {
        &self.read.message_type.0
    }

    /// The version of the payload's schema.
    #[must_use]
    pub fn version(&self) -> Version {
        self.read.message_version
    }

    /// When it happened at the source.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.read.timestamp
    }

    /// The service that says so.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.read.source.0
    }

    /// The correlation id of the request that caused the message.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.read.correlation_id.as_ref().map(|text| &*text.0)
    }

    /// The identifier within which order is kept.
    #[must_use]
    pub fn partition_key(&self) -> Option<&str> {
        self.read.partition_key.as_ref().map(|text| &*text.0)
    }

    /// The message's number among those of its key.
    #[must_use]
    pub fn sequence(&self) -> Option<u64> {
        self.read.sequence
    }

    /// The payload as it came, as JSON text.
    #[must_use]
    pub fn payload_json(&self) -> &'a str {
        self.read.payload.get()
    }

    pub(crate) fn payload(&self) -> &'a RawValue {
        self.read.payload
    }

    /// Everything the envelope says, as owned values.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        let owned = |text: &Option<Text<'_>>| text.as_ref().map(|text| text.0.as_ref().to_owned());
        Metadata {
            message_id: MessageId::new(self.message_id()).expect("parse refuses an empty message id"),
            version: self.read.message_version,
            timestamp: self.read.timestamp,
            source: self.read.source.0.as_ref().to_owned(),
            correlation_id: owned(&self.read.correlation_id),
            causation_id: self.read.causation_id.clone(),
            partition_key: owned(&self.read.partition_key),
            sequence: self.read.sequence,
        }
    }

    /// Decodes the payload as an event of type `E`.
    ///
    /// # Errors
    ///
    /// When the message is of another type, of a major version that `E` does not read, or the payload does not
    /// fit; then the position counts from the start of the whole message.
    pub fn decode<E: Event>(&self) -> Result<Envelope<E>, Error> {
        let (payload, is_own_form) = self.payload_of::<E>()?;
        let payload = if is_own_form {
            payload.decode()
        } else {
            E::read_payload(payload)
        }?;
        Ok(Envelope::from_parts(self.metadata(), payload))
    }

    /// Decodes the payload as a view that borrows from the message; [`view`](crate::view) says when to use one.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode) of the event that it is a view of.
    pub fn view<V: EventView<'a>>(&self) -> Result<V, Error> {
        let (payload, is_own_form) = self.payload_of::<V::Event>()?;
        if is_own_form {
            payload.decode()
        } else {
            V::read_payload(payload)
        }
    }

    /// The payload for a reader of `E`, and whether it is in the form that `E` has now.
    fn payload_of<E: Event>(&self) -> Result<(Payload<'a>, bool), Error> {
        if self.message_type() != E::TYPE {
            return Err(Error::new(Kind::OtherType(E::TYPE)));
        }
        if !E::VERSION.is_read_from(E::OLDEST_MAJOR, self.version()) {
            return Err(Error::new(Kind::OtherMajor(E::TYPE)));
        }
        // One of the names that the type states, so that it lives as long as is wanted.
        let written_type = without_suffixes(self.message_type_as_written());
        let is_written = |alias: &&&'static str| **alias == written_type;
        let written_type = E::ALIASES.iter().find(is_written).copied().unwrap_or(E::TYPE);
        let is_own_form = written_type == E::TYPE && self.version().major == E::VERSION.major;
        let payload = Payload::new(
            self.input,
            self.payload_json(),
            written_type,
            self.version(),
            self.timestamp(),
            E::TYPE,
        );
        Ok((payload, is_own_form))
    }
}

/// The canonical envelope as read; what it does not name is ignored.
#[derive(Debug, Deserialize)]
#[serde(
    rename_all = "camelCase",
    expecting = "an envelope with messageId, messageType and payload"
)]
struct Read<'a> {
    #[serde(borrow)]
    message_id: Text<'a>,
    #[serde(borrow)]
    message_type: Text<'a>,
    message_version: Version,
    timestamp: Timestamp,
    #[serde(borrow)]
    source: Text<'a>,
    #[serde(borrow, default)]
    correlation_id: Option<Text<'a>>,
    #[serde(default)]
    causation_id: Option<MessageId>,
    #[serde(borrow, default)]
    partition_key: Option<Text<'a>>,
    #[serde(default)]
    sequence: Option<u64>,
    #[serde(borrow)]
    payload: &'a RawValue,
}
