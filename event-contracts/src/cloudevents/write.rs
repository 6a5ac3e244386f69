//! Our envelope as a message, in the three wire formats.

use super::attribute::Attribute;
use super::{Binding, WireFormat, mapping};
use crate::envelope::Written;
use crate::error::Kind;
use crate::{Envelope, Error, Event, MessageId, Metadata, RawEnvelope};
use product_types::Timestamp;
use serde::Serialize;
use serde::ser::Error as _;
use serde_json::value::RawValue;
use std::borrow::Cow;

const JSON: &str = "application/json";
const STRUCTURED: &str = "application/cloudevents+json; charset=utf-8";

/// A message for a broker or an HTTP call: what its client has to be given, in no client's types.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The content type: AMQP's property, HTTP's header. Kafka knows none, so there it stands in `headers` as well.
    pub content_type: &'static str,
    /// Names and values of headers, in the binding's own spelling.
    pub headers: Vec<(&'static str, String)>,
    /// The body: a record's value in Kafka.
    pub body: Vec<u8>,
}

impl<E: Event> Envelope<E> {
    /// Writes the event as a message.
    ///
    /// # Errors
    ///
    /// As [`to_json`](Self::to_json).
    pub fn to_message(&self, format: WireFormat, binding: Binding) -> Result<Message, Error> {
        write(format, binding, E::TYPE, self.metadata(), self.payload())
            .map_err(|cause| Error::json(Kind::Encode(E::TYPE), None, cause))
    }
}

impl RawEnvelope<'_> {
    /// Passes the message on in another form, its payload untouched: what a bridge between a queue and a topic does.
    ///
    /// # Errors
    ///
    /// None that is known: what was read can be written.
    pub fn to_message(&self, format: WireFormat, binding: Binding) -> Result<Message, Error> {
        let (message_type, metadata) = (self.message_type_as_written(), self.metadata());
        serde_json::from_str::<&RawValue>(self.payload_json())
            .and_then(|payload| write(format, binding, message_type, &metadata, &payload))
            .map_err(|cause| Error::json(Kind::Encode("event"), None, cause))
    }
}

pub(crate) fn write<P: Serialize>(
    format: WireFormat,
    binding: Binding,
    message_type: &str,
    metadata: &Metadata,
    payload: &P,
) -> Result<Message, serde_json::Error> {
    metadata.writable().map_err(serde_json::Error::custom)?;
    let event = Outgoing::new(message_type, metadata, payload);
    Ok(match format {
        WireFormat::Canonical => Message {
            content_type: JSON,
            headers: event.headers(binding, JSON, mapping::STANDARD_MESSAGE),
            body: serde_json::to_vec(&Written::new(message_type, metadata, payload))?,
        },
        WireFormat::Structured => Message {
            content_type: STRUCTURED,
            headers: content_type_header(binding, STRUCTURED).into_iter().collect(),
            body: serde_json::to_vec(&event)?,
        },
        WireFormat::Binary => Message {
            content_type: JSON,
            headers: event.headers(binding, JSON, &event.dataschema),
            body: serde_json::to_vec(payload)?,
        },
    })
}

/// A CloudEvent of version 1.0 that holds all of an envelope.
#[derive(Serialize)]
struct Outgoing<'a, P> {
    specversion: &'static str,
    id: &'a MessageId,
    source: Cow<'a, str>,
    #[serde(rename = "type")]
    event_type: String,
    time: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    datacontenttype: &'static str,
    dataschema: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlationid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    causationid: Option<&'a MessageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partitionkey: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<String>,
    data: &'a P,
}

impl<'a, P> Outgoing<'a, P> {
    fn new(message_type: &str, metadata: &'a Metadata, payload: &'a P) -> Self {
        Self {
            specversion: "1.0",
            id: &metadata.message_id,
            source: mapping::source_to_uri(&metadata.source),
            event_type: mapping::type_of(message_type, metadata.version),
            time: metadata.timestamp,
            subject: mapping::subject_of(metadata),
            datacontenttype: JSON,
            dataschema: mapping::schema_of(message_type, metadata.version),
            correlationid: metadata.correlation_id.as_deref(),
            causationid: metadata.causation_id.as_ref(),
            partitionkey: metadata.partition_key.as_deref(),
            sequence: metadata.sequence.map(mapping::sequence_to_text),
            data: payload,
        }
    }

    fn headers(
        &self,
        binding: Binding,
        content_type: &'static str,
        data_schema: &str,
    ) -> Vec<(&'static str, String)> {
        let texts = [
            (Attribute::SpecVersion, Some(self.specversion)),
            (Attribute::Id, Some(self.id.as_str())),
            (Attribute::Source, Some(&*self.source)),
            (Attribute::Type, Some(&*self.event_type)),
            (Attribute::Time, Some(&*self.time.to_string())),
            (Attribute::Subject, self.subject),
            (Attribute::DataSchema, Some(data_schema)),
            (Attribute::CorrelationId, self.correlationid),
            (Attribute::CausationId, self.causationid.map(MessageId::as_str)),
            (Attribute::PartitionKey, self.partitionkey),
            (Attribute::Sequence, self.sequence.as_deref()),
        ]
        .map(|(attribute, text)| Some((binding.header(attribute), binding.value_of(text?))));
        texts
            .into_iter()
            .flatten()
            .chain(content_type_header(binding, content_type))
            .collect()
    }
}

fn content_type_header(binding: Binding, content_type: &'static str) -> Option<(&'static str, String)> {
    match binding {
        Binding::Kafka => Some(("content-type", content_type.to_owned())),
        Binding::Amqp | Binding::Http => None,
    }
}
