use super::refusal;
use crate::mutate::{Header, Mutator};
use event_contracts::cloudevents::{Binding, CloudEvent, WireFormat};
use event_contracts::{FromEnvelope, ProductEvent, RawEnvelope};

const BINDINGS: [Binding; 3] = [Binding::Amqp, Binding::Kafka, Binding::Http];

/// What can be read is carried by any broker in any form; with damaged headers it is read as something that is carried
/// too, or refused.
pub(crate) fn by_a_broker(bytes: &[u8], mutator: &mut Mutator<'_>) -> Result<(), String> {
    let (binding, format) = (mutator.choice(&BINDINGS), mutator.choice(&WireFormat::ALL));
    let (mut headers, body) = match RawEnvelope::parse(bytes) {
        Ok(raw) => passed_on(&raw, format, binding)?,
        Err(_) => (minimal(), bytes.to_vec()),
    };
    mutator.damage_headers(&mut headers);
    damaged(&headers, &body, binding).map_err(|wrong| {
        let headers = headers.iter();
        let legible: Vec<_> = headers
            .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
            .collect();
        format!("over {binding:?} with {legible:?}: {wrong}")
    })
}

/// The least that makes a message a CloudEvent.
fn minimal() -> Vec<Header> {
    [
        ("ce-specversion", "1.0"),
        ("ce-id", "m-1"),
        ("ce-source", "s"),
        ("ce-type", "T.v1"),
        ("ce-time", "2026-03-02T09:15:00Z"),
    ]
    .map(|(name, value)| (name.to_owned(), value.into()))
    .into()
}

/// Passes a message on, and gives it as the next one receives it, if that one reads the same.
fn passed_on(
    raw: &RawEnvelope<'_>,
    format: WireFormat,
    binding: Binding,
) -> Result<(Vec<Header>, Vec<u8>), String> {
    let message = raw
        .to_message(format, binding)
        .map_err(|error| format!("not written as {format}: {error:?}"))?;
    let headers = message.headers.iter();
    let headers: Vec<Header> = headers
        .map(|(name, value)| ((*name).to_owned(), value.clone().into_bytes()))
        .chain((binding != Binding::Kafka).then(|| ("content-type".to_owned(), message.content_type.into())))
        .collect();
    let again = RawEnvelope::from_message(binding, None, borrowed(&headers), &message.body)
        .map_err(|error| format!("written as {format} for {binding:?} and refused: {error:?}"))?;
    let is_same = again.metadata() == raw.metadata()
        && again.message_type_as_written() == raw.message_type_as_written()
        && again.payload_json() == raw.payload_json();
    if !is_same {
        return Err(format!("{raw:?} is written as {format} and read as {again:?}"));
    }
    Ok((headers, message.body))
}

fn damaged(headers: &[Header], body: &[u8], binding: Binding) -> Result<(), String> {
    if let Err(error) = CloudEvent::from_message(binding, None, borrowed(headers), body) {
        refusal::of_message(&error, body)?;
    }
    let raw = match RawEnvelope::from_message(binding, None, borrowed(headers), body) {
        Ok(raw) => raw,
        Err(error) => return refusal::of_message(&error, body),
    };
    for format in WireFormat::ALL {
        passed_on(&raw, format, binding)?;
    }
    match ProductEvent::from_envelope(&raw) {
        Ok(event) => match event.to_json().and_then(|json| ProductEvent::decode(&json)) {
            Ok(again) if again == event => Ok(()),
            other => Err(format!("{event:?} is written, and read as {other:?}")),
        },
        Err(error) => refusal::of_payload(&error, body),
    }
}

fn borrowed(headers: &[Header]) -> impl Iterator<Item = (&str, &[u8])> {
    headers.iter().map(|(name, value)| (&**name, &**value))
}
