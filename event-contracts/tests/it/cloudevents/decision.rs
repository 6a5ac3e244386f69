//! Structured, binary or plain: which it is, is told by content type and headers.

use super::reason;
use event_contracts::cloudevents::{Binding, WireFormat};
use event_contracts::{FromEnvelope, ProductEvent, RawEnvelope, Version};

const PAYLOAD: &[u8] = br#"{"productId":"prod_12345"}"#;
const ENVELOPE: &[u8] = br#"{"messageId":"m-1","messageType":"ProductDeleted","messageVersion":"1.3",
    "timestamp":"2026-03-02T09:15:00Z","source":"product-service","payload":{}}"#;

/// The headers of a binary event under another prefix.
fn headers(prefix: &str) -> Vec<(String, &'static [u8])> {
    let attributes: [(&str, &[u8]); 6] = [
        ("specversion", b"1.0"),
        ("id", b"m-1"),
        ("source", b"/shop"),
        ("type", b"ProductDeleted.v2"),
        ("time", b"2026-03-02T09:15:00Z"),
        ("sequence", b"0017"),
    ];
    attributes
        .map(|(name, value)| (format!("{prefix}{name}"), value))
        .into()
}

fn read<'a>(headers: &'a [(String, &'static [u8])], body: &'a [u8]) -> RawEnvelope<'a> {
    let headers = headers.iter().map(|(name, value)| (&**name, *value));
    RawEnvelope::from_message(Binding::Amqp, Some("application/json"), headers, body).unwrap()
}

#[test]
fn every_spelling_of_headers_is_read() {
    for prefix in [
        "ce-",
        "ce_",
        "CE-",
        "Ce_",
        "cloudEvents_",
        "cloudEvents:",
        "cloudevents_",
        "CLOUDEVENTS:",
    ] {
        let headers = headers(prefix);
        let raw = read(&headers, PAYLOAD);
        assert_eq!(raw.message_id(), "m-1");
        assert_eq!(raw.source(), "/shop");
        assert_eq!(raw.version(), Version::new(2, 0));
        assert_eq!(raw.sequence(), Some(17));
        assert_eq!(raw.payload_json().as_bytes(), PAYLOAD);
    }
    let shouting: Vec<_> = headers("CE-")
        .into_iter()
        .map(|(name, value)| (name.to_uppercase(), value))
        .collect();
    assert_eq!(read(&shouting, PAYLOAD).message_id(), "m-1");
}

#[test]
fn an_envelope_with_the_id_of_its_headers_is_the_message() {
    let mut headers = headers("ce-");
    assert_eq!(read(&headers, ENVELOPE).version(), Version::new(1, 3));
    // With another id it is somebody's payload.
    headers[1].1 = b"m-2";
    let raw = read(&headers, ENVELOPE);
    assert_eq!((raw.message_id(), raw.version()), ("m-2", Version::new(2, 0)));
    assert_eq!(raw.payload_json().as_bytes(), ENVELOPE);
}

#[test]
fn a_broken_standard_message_is_not_taken_for_a_payload() {
    let mut headers = headers("ce-");
    headers.push((
        "ce-dataschema".to_owned(),
        b"urn:event-contracts:schema:StandardMessage:1.0",
    ));
    assert_eq!(read(&headers, ENVELOPE).version(), Version::new(1, 3));
    let headers = headers.iter().map(|(name, value)| (&**name, *value));
    let read = RawEnvelope::from_message(Binding::Amqp, Some("application/json"), headers, PAYLOAD);
    assert!(read.unwrap_err().is_envelope());
}

#[test]
fn a_message_without_attributes_is_plain_json() {
    for content_type in [None, Some("application/json"), Some("application/cloudeventsish")] {
        let headers: [(&str, &[u8]); 2] = [("traceparent", b"00-0af7"), ("cert", b"x")];
        let raw = RawEnvelope::from_message(Binding::Amqp, content_type, headers, ENVELOPE).unwrap();
        assert_eq!(raw.message_id(), "m-1");
    }
    let error = RawEnvelope::from_message(Binding::Amqp, None, [], PAYLOAD).unwrap_err();
    assert!(error.is_envelope());
}

#[test]
fn a_structured_event_counts_for_more_than_its_headers() {
    let body = br#"{"specversion":"1.0","id":"m-9","source":"/shop","type":"ProductDeleted.v1",
        "time":"2026-03-02T09:15:00Z","dataschema":"https://shop.example/schemas/ProductDeleted/1.4","data":{}}"#;
    let headers: [(&str, &[u8]); 3] = [
        ("Content-Type", b"application/CloudEvents+json"),
        ("ce_id", b"m-1"),
        ("ce_time", b"not read at all"),
    ];
    let raw = RawEnvelope::from_message(Binding::Kafka, None, headers, body).unwrap();
    assert_eq!((raw.message_id(), raw.version()), ("m-9", Version::new(1, 4)));
}

#[test]
fn a_type_that_names_another_major_than_the_schema_counts() {
    let mut headers = headers("ce-");
    headers.push(("ce-dataschema".to_owned(), b"https://json-schema.example/1.5"));
    assert_eq!(read(&headers, PAYLOAD).version(), Version::new(2, 0));
    headers[3].1 = b"com.example.product.deleted";
    assert_eq!(read(&headers, PAYLOAD).version(), Version::new(1, 5));
    headers.pop();
    assert_eq!(read(&headers, PAYLOAD).version(), Version::new(1, 0));
}

#[test]
fn a_name_that_bears_its_major_gets_no_second_one() {
    let body = String::from_utf8(ENVELOPE.to_vec()).unwrap();
    for (name, event_type) in [
        ("OrderShipped", "OrderShipped.v1"),
        ("OrderShippedEvent.v1", "OrderShippedEvent.v1"),
        ("OrderShipped.v7", "OrderShipped.v7.v1"),
        ("Order Shipped: ü", "Order Shipped: ü.v1"),
    ] {
        let body = body.replace("ProductDeleted", name);
        let raw = RawEnvelope::parse(body.as_bytes()).unwrap();
        let message = raw.to_message(WireFormat::Structured, Binding::Amqp).unwrap();
        let event = super::received_event(&message, Binding::Amqp).unwrap();
        assert_eq!(event.event_type(), event_type);
        let again = super::received(&message, Binding::Amqp).unwrap();
        assert_eq!(again.message_type_as_written(), name);
    }
}

#[test]
fn a_sequence_that_is_no_number_is_none() {
    let mut headers = headers("ce-");
    headers[5].1 = b"batch-b";
    assert_eq!(read(&headers, PAYLOAD).sequence(), None);
}

#[test]
fn an_envelope_needs_a_time_and_json() {
    let read = |headers: &[(String, &'static [u8])], content_type, body| {
        let headers = headers.iter().map(|(name, value)| (&**name, *value));
        reason(&RawEnvelope::from_message(Binding::Amqp, Some(content_type), headers, body).unwrap_err())
    };
    let whole = headers("ce-");
    assert_eq!(read(&whole, "text/plain", b"hello"), "the data is not JSON");
    let error = RawEnvelope::from_message(Binding::Amqp, None, [], b"").unwrap_err();
    assert!(error.is_envelope());
    let timeless: Vec<_> = headers("ce-")
        .into_iter()
        .filter(|(name, _)| name != "ce-time")
        .collect();
    assert_eq!(
        read(&timeless, "application/json", b"{}"),
        "attribute `time` is missing"
    );
}

#[test]
fn a_nul_behind_an_escape_does_not_become_one_in_the_envelope() {
    let mut headers = vec![
        ("ce-specversion", b"1.0".as_slice()),
        ("ce-id", b"m-1"),
        ("ce-type", b"Unheard.v1"),
        ("ce-time", b"2026-03-02T09:15:00Z"),
    ];
    headers.push(("ce-source", b"urn:event-contracts:source:a%00"));
    let raw = RawEnvelope::from_message(Binding::Amqp, None, headers, b"{}").unwrap();
    assert_eq!(raw.source(), "urn:event-contracts:source:a%00");
    let event = ProductEvent::from_envelope(&raw).unwrap();
    assert_eq!(ProductEvent::decode(&event.to_json().unwrap()).unwrap(), event);
}
