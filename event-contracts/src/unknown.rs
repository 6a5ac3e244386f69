use crate::cloudevents::{self, Binding, Message, WireFormat};
use crate::envelope::Written;
use crate::error::Kind;
use crate::{Error, Metadata, RawEnvelope};
use serde_json::value::RawValue;

/// An event that this version of the SDK does not know, kept whole, so that it can be stored or passed on.
///
/// A consumer that fails at what it does not know stops at the first message of a newer neighbour. So an unknown
/// type, or an unknown major version of a known one, is data: its envelope is read like any other, and its payload
/// is kept as it came.
#[derive(Clone, Debug)]
pub struct UnknownEvent {
    metadata: Metadata,
    message_type: String,
    payload: Box<RawValue>,
}

impl UnknownEvent {
    /// Keeps a message as it is.
    #[must_use]
    pub fn keep(raw: &RawEnvelope<'_>) -> Self {
        Self {
            metadata: raw.metadata(),
            message_type: raw.message_type_as_written().to_owned(),
            payload: RawValue::from_string(raw.payload_json().to_owned())
                .expect("the payload's form was checked when the envelope was read"),
        }
    }

    /// What the envelope says about the message.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The name of the event's type as the message bore it.
    #[must_use]
    pub fn message_type(&self) -> &str {
        &self.message_type
    }

    /// The payload as it came, as JSON text.
    #[must_use]
    pub fn payload_json(&self) -> &str {
        self.payload.get()
    }

    /// Writes the canonical envelope, with the name and the payload as they came, as JSON in UTF-8.
    ///
    /// # Errors
    ///
    /// None that is known; the signature is that of [`Envelope::to_json`](crate::Envelope::to_json).
    pub fn to_json(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(&Written::new(&self.message_type, &self.metadata, &self.payload))
            .map_err(|cause| Error::json(Kind::Encode("event"), None, cause))
    }

    /// Writes the event as a message for a broker or an HTTP call, with the name and the payload as they came.
    ///
    /// # Errors
    ///
    /// None that is known; the signature is that of [`Envelope::to_message`](crate::Envelope::to_message).
    pub fn to_message(&self, format: WireFormat, binding: Binding) -> Result<Message, Error> {
        cloudevents::write(format, binding, &self.message_type, &self.metadata, &self.payload)
            .map_err(|cause| Error::json(Kind::Encode("event"), None, cause))
    }
}

/// Two are equal when they say the same in the same words: payloads are compared as text.
impl PartialEq for UnknownEvent {
    fn eq(&self, other: &Self) -> bool {
        self.metadata == other.metadata
            && self.message_type == other.message_type
            && self.payload.get() == other.payload.get()
    }
}

impl Eq for UnknownEvent {}
