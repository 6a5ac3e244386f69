//! Every form of the envelope that the platform's documents show, with the payloads, names and identifiers that they
//! show in it.

mod ambiguous;
mod canonical;
mod carried;
mod cloudevents;
mod integration_guide;
mod inventory_schemas;
mod quality_standard;
mod search;
mod shared_library;
mod two_ways;
mod writer;

use crate::views::views_of;
use event_contracts::{Dialect, Envelope, Event, RawEnvelope};
use product_types::Timestamp;

/// Reads a message of the dialect in every way, and gives the event.
fn read<E>(dialect: Dialect, body: &str) -> Envelope<E>
where
    E: Event + PartialEq + std::fmt::Debug,
{
    let raw = RawEnvelope::parse(body.as_bytes()).unwrap();
    assert_eq!(raw.dialect(), dialect);
    assert_eq!(raw.message_type(), E::TYPE);
    let envelope = Envelope::<E>::decode(body.as_bytes()).unwrap();
    assert_eq!(raw.decode::<E>().unwrap(), envelope);
    assert_eq!(raw.metadata(), *envelope.metadata());
    assert!(views_of(body.as_bytes()) <= 1);
    envelope
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn each_dialect_is_told_by_its_fields() {
    let rest = r#""timestamp":"2026-03-02T09:15:00Z","#;
    for (dialect, members) in [
        (
            Dialect::Canonical,
            r#""messageId":"m","messageType":"T","messageVersion":"1.0","source":"s","payload":{}"#,
        ),
        (
            Dialect::SharedLibrary,
            r#""messageId":"m","messageType":"TEvent.v1","sourceService":"s","payload":{}"#,
        ),
        (
            Dialect::SharedLibrary,
            r#""messageId":"m","messageType":"TV1","source":"s","payload":{}"#,
        ),
        (
            Dialect::SharedLibrary,
            r#""envelopeVersion":"1.0","messageId":"m","messageType":"T","sourceService":"s","payload":{}"#,
        ),
        (
            Dialect::InventorySchemas,
            r#""messageId":"m","messageType":"T","version":"1.0","source":"s","payload":{}"#,
        ),
        (
            Dialect::IntegrationGuide,
            r#""eventId":"m","eventType":"T","eventVersion":"1.0.0","metadata":{"source":"s"},"payload":{}"#,
        ),
        (
            Dialect::Search,
            r#""eventId":"m","eventType":"T","version":"1.0","source":"s","data":{}"#,
        ),
        (
            Dialect::QualityStandard,
            r#""id":"m","type":"a.t","dataVersion":"1.0","source":"s","data":{}"#,
        ),
        (
            Dialect::CloudEvents,
            r#""specversion":"1.0","id":"m","type":"T.v1","time":"2026-03-02T09:15:00Z","source":"s","data":{}"#,
        ),
    ] {
        let rest = if dialect == Dialect::CloudEvents { "" } else { rest };
        let body = format!("{{{rest}{members}}}");
        let raw = RawEnvelope::parse(body.as_bytes()).unwrap();
        assert_eq!(raw.dialect(), dialect, "{body}");
        assert_eq!(
            (raw.message_id(), raw.source(), raw.payload_json()),
            ("m", "s", "{}")
        );
        assert_eq!(raw.version().major, 1);
    }
}

#[test]
fn what_a_dialect_must_have_is_named_when_it_is_missing() {
    use std::error::Error as _;
    for (body, missing) in [
        (r#"{"messageId":"m"}"#, "messageType"),
        (r#"{"messageId":"m","messageType":"T"}"#, "messageVersion"),
        (
            r#"{"eventId":"m","eventType":"T","eventVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","payload":{}}"#,
            "metadata.source",
        ),
        (
            r#"{"eventId":"m","eventType":"T","version":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s"}"#,
            "data",
        ),
        (r#"{"id":"m","type":"T","data":{}}"#, "dataVersion"),
        (
            r#"{"specversion":"1.0","id":"m","type":"T","source":"s","data":{}}"#,
            "time",
        ),
        ("{}", "messageId"),
    ] {
        let error = RawEnvelope::parse(body.as_bytes()).unwrap_err();
        assert!(error.is_envelope());
        assert_eq!(
            error.source().unwrap().to_string(),
            format!("`{missing}` is missing"),
            "{body}"
        );
        assert!(error.position().is_some());
    }
}
