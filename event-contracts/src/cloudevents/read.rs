//! A message of whatever form as our envelope.

use super::binary::Headers;
use super::event::invalid;
use super::{AttributeValue, Binding, CloudEvent, Data, mapping, structured};
use crate::raw::Read;
use crate::text::Text;
use crate::{Error, MessageId, RawEnvelope};
use std::borrow::Cow;

impl<'a> RawEnvelope<'a> {
    /// Reads the envelope of a message, whichever form it has.
    ///
    /// - A content type `application/cloudevents+json` makes it a CloudEvent in structured mode.
    /// - Else, a header for the attribute `specversion` makes it a CloudEvent in binary mode. If the body is an
    ///   envelope itself with the same id, as in [`WireFormat::Canonical`](super::WireFormat::Canonical), the body
    ///   counts; else the body is the payload and the envelope is in the headers.
    /// - Else it is plain JSON, as for [`parse`](Self::parse).
    ///
    /// For headers and content type see [`CloudEvent::from_message`].
    ///
    /// # Errors
    ///
    /// When there is no envelope, when a CloudEvent is not valid (the rules are those of [`CloudEvent::parse`]), and
    /// when a valid one lacks what the envelope needs: a `time`, and data in JSON.
    pub fn from_message(
        binding: Binding,
        content_type: Option<&'a str>,
        headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        body: &'a [u8],
    ) -> Result<Self, Error> {
        let headers = Headers::collect(binding, content_type, headers)?;
        if !headers.is_cloud_event() {
            return Self::parse(body);
        }
        if headers.is_binary() && !headers.data_schema().is_some_and(mapping::is_schema_of_payload) {
            match Self::parse(body) {
                Ok(envelope) if headers.id() == Some(envelope.message_id()) => return Ok(envelope),
                _ => {}
            }
        }
        from_event(headers.into_event(body)?, body)
    }
}

fn from_event<'a>(mut event: CloudEvent<'a>, body: &'a [u8]) -> Result<RawEnvelope<'a>, Error> {
    let timestamp = event.time.ok_or_else(|| invalid("attribute `time` is missing"))?;
    let payload = match event.data {
        Some(Data::Json(json)) => structured::json(json.as_bytes())?,
        // A producer that names no content type may still send JSON.
        Some(Data::Bytes(Cow::Borrowed(bytes))) if event.data_content_type.is_none() => {
            structured::json(bytes)?
        }
        Some(_) => return Err(invalid("the data is not JSON")),
        None => return Err(invalid("there is no data")),
    };
    let causation_id = take(&mut event.extensions, "causationid").map(MessageId::new);
    let sequence = take(&mut event.extensions, "sequence");
    let (message_type, major) = mapping::split_type(event.event_type);
    Ok(RawEnvelope::from_parts(
        body,
        Read {
            message_id: Text(event.id),
            message_type: Text(message_type),
            message_version: mapping::version_of(event.data_schema.as_deref(), major),
            timestamp,
            source: Text(mapping::source_from_uri(event.source)),
            correlation_id: take(&mut event.extensions, "correlationid").map(Text),
            causation_id: causation_id.transpose()?,
            partition_key: take(&mut event.extensions, "partitionkey").map(Text),
            sequence: sequence.and_then(|text| mapping::sequence_from_text(&text)),
            payload,
        },
    ))
}

/// The text of an extension.
fn take<'a>(extensions: &mut Vec<(Cow<'a, str>, AttributeValue<'a>)>, name: &str) -> Option<Cow<'a, str>> {
    let place = extensions.iter().position(|(known, _)| known == name)?;
    Some(extensions.swap_remove(place).1.into_text())
}
