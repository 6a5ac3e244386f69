//! A message of whatever form as our envelope.

use super::binary::Headers;
use super::event::invalid;
use super::{AttributeValue, Binding, CloudEvent, mapping, structured};
use crate::names::{canonical_source, major_of};
use crate::raw::Parts;
use crate::{Dialect, Error, Limits, RawEnvelope, Version};

impl<'a> RawEnvelope<'a> {
    /// Reads the envelope of a message, whichever form it has.
    ///
    /// - A content type `application/cloudevents+json` makes it a CloudEvent in structured mode.
    /// - Else, a header for the attribute `specversion` makes it a CloudEvent in binary mode. Its data is an envelope
    ///   itself in [`WireFormat::Canonical`](super::WireFormat::Canonical), which `dataschema` says, and in any message
    ///   whose body is an envelope with the same id: then the body counts. Else the data is the payload, and the
    ///   envelope is in the headers.
    /// - Else it is plain JSON in any [`Dialect`], as for [`parse`](Self::parse).
    ///
    /// For headers and content type see [`CloudEvent::from_message`].
    ///
    /// # Errors
    ///
    /// When there is no envelope, when a CloudEvent is not valid (the rules are those of [`CloudEvent::parse`]), and
    /// when a valid one lacks what the envelope needs: a `time`, and data in JSON. All within the default
    /// [`Limits`].
    pub fn from_message(
        binding: Binding,
        content_type: Option<&'a str>,
        headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        body: &'a [u8],
    ) -> Result<Self, Error> {
        Self::from_message_within(binding, content_type, headers, body, &Limits::default())
    }

    /// As [`from_message`](Self::from_message), within other limits.
    ///
    /// # Errors
    ///
    /// As [`from_message`](Self::from_message).
    pub fn from_message_within(
        binding: Binding,
        content_type: Option<&'a str>,
        headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        body: &'a [u8],
        limits: &Limits,
    ) -> Result<Self, Error> {
        let headers = Headers::collect(binding, content_type, headers)?;
        if headers.is_structured() {
            // It says that it is one, so it is held to the specification; what it says is read as from any body.
            structured::parse(body, limits)?;
            return Self::parse_within(body, limits);
        }
        let Some(event) = headers.into_attributes()? else {
            return Self::parse_within(body, limits);
        };
        match event.data_schema() {
            Some(mapping::STANDARD_MESSAGE) => return Self::parse_within(body, limits),
            Some(schema) if mapping::is_ours(schema) => {}
            _ => match Self::parse_within(body, limits) {
                Ok(envelope) if envelope.message_id() == event.id() => return Ok(envelope),
                _ => {}
            },
        }
        Self::from_parts(parts(event)?, body, limits)
    }
}

/// What the attributes say of the envelope.
fn parts(mut event: CloudEvent<'_>) -> Result<Parts<'_>, Error> {
    let timestamp = event.time.ok_or_else(|| invalid("attribute `time` is missing"))?;
    let mut extension = |name| event.extensions.remove(name).map(AttributeValue::into_text);
    let sequence = extension("sequence");
    let version = mapping::version_of(event.data_schema.as_deref(), major_of(&event.event_type));
    let parts = Parts {
        dialect: Dialect::CloudEvents,
        message_id: event.id,
        message_type: mapping::name_of(event.event_type, event.data_schema.as_deref()),
        version: version.unwrap_or(Version::new(1, 0)),
        timestamp,
        source: canonical_source(mapping::source_from_uri(event.source)),
        correlation_id: extension("correlationid"),
        causation_id: extension("causationid"),
        partition_key: extension("partitionkey"),
        sequence: sequence.and_then(|text| mapping::sequence_from_text(&text)),
    };
    match parts.causation_id.as_deref() {
        Some("") => Err(invalid("attribute `causationid` is empty")),
        _ => Ok(parts),
    }
}
