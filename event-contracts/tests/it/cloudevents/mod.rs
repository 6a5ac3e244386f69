//! CloudEvents: what we write, what we read of others, and what we refuse.

mod conformance;
mod decision;
mod hostile;
mod refusals;
mod round_trip;
mod written;

use event_contracts::cloudevents::{Binding, CloudEvent, Message};
use event_contracts::{Error, RawEnvelope};

const BINDINGS: [Binding; 3] = [Binding::Amqp, Binding::Kafka, Binding::Http];

/// What a consumer does with a message that came over `binding`.
fn received(message: &Message, binding: Binding) -> Result<RawEnvelope<'_>, Error> {
    RawEnvelope::from_message(
        binding,
        content_type(message, binding),
        headers(message),
        &message.body,
    )
}

fn received_event(message: &Message, binding: Binding) -> Result<CloudEvent<'_>, Error> {
    CloudEvent::from_message(
        binding,
        content_type(message, binding),
        headers(message),
        &message.body,
    )
}

/// Kafka has no such property.
fn content_type(message: &Message, binding: Binding) -> Option<&str> {
    (binding != Binding::Kafka).then_some(message.content_type)
}

fn headers(message: &Message) -> impl Iterator<Item = (&str, &[u8])> {
    message
        .headers
        .iter()
        .map(|(name, value)| (*name, value.as_bytes()))
}

/// What the cause says, which names the attribute.
fn reason(error: &Error) -> String {
    assert!(error.is_envelope(), "{error:?}");
    std::error::Error::source(error).unwrap().to_string()
}
