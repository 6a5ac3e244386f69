//! Whatever comes in, it is read or refused, within limits.

use crate::any_event::any_event;
use event_contracts::cloudevents::{Binding, CloudEvent, WireFormat};
use event_contracts::{Limits, RawEnvelope};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::sample::Index;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_message_with_one_wrong_byte_never_panics(event in any_event(), place: Index, byte: u8) {
        for format in WireFormat::ALL {
            let mut message = event.to_message(format, Binding::Http).unwrap();
            let place = place.index(message.body.len());
            message.body[place] = byte;
            // Whatever it is now, an error knows where.
            if let Err(error) = super::received_event(&message, Binding::Http) {
                assert!(error.position().is_some(), "{error:?}");
            }
            let _ = super::received(&message, Binding::Http);
        }
    }

    #[test]
    fn any_headers_are_read_or_refused(
        names in vec("(ce[-_]|cloudEvents[:_])?(specversion|id|source|type|time|dataschema|[a-z-]{0,4})", 0..6),
        value in vec(any::<u8>(), 0..8),
        text in "[ -~\u{e4}]{0,8}",
        body in vec(any::<u8>(), 0..8),
    ) {
        for binding in super::BINDINGS {
            for value in [&*value, text.as_bytes(), b"1.0"] {
                let headers = || names.iter().map(|name| (&**name, value));
                let _ = CloudEvent::from_message(binding, None, headers(), &body);
                let _ = RawEnvelope::from_message(binding, Some(&text), headers(), &body);
            }
        }
    }
}

const HEADERS: [(&str, &[u8]); 5] = [
    ("ce-specversion", b"1.0"),
    ("ce-id", b"m-1"),
    ("ce-source", b"s"),
    ("ce-type", b"t"),
    ("ce-time", b"2026-03-02T09:15:00Z"),
];

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let body = vec![b' '; Limits::default().max_bytes + 1];
    for content_type in ["application/json", "application/cloudevents+json"] {
        let read = CloudEvent::from_message(Binding::Amqp, Some(content_type), HEADERS, &body);
        assert!(read.unwrap_err().is_too_large());
        let read = RawEnvelope::from_message(Binding::Amqp, Some(content_type), HEADERS, &body);
        assert!(read.unwrap_err().is_too_large());
        let limits = Limits::default().with_max_bytes(1);
        let read =
            RawEnvelope::from_message_within(Binding::Amqp, Some(content_type), HEADERS, b"{}", &limits);
        assert!(read.unwrap_err().is_too_large());
    }
}

#[test]
fn a_payload_alone_is_no_deeper_than_one_in_an_envelope() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let deepest = usize::from(Limits::DEEPEST) - 1;
    let (fits, too_deep) = (nested(deepest), nested(deepest + 1));
    let read = |body| RawEnvelope::from_message(Binding::Amqp, Some("application/json"), HEADERS, body);
    assert!(read(too_deep.as_bytes()).unwrap_err().is_too_deep());
    let raw = read(fits.as_bytes()).unwrap();
    let passed_on = raw.to_message(WireFormat::Canonical, Binding::Amqp).unwrap();
    assert_eq!(RawEnvelope::parse(&passed_on.body).unwrap().payload_json(), fits);
}

#[test]
fn what_is_too_deep_is_refused_in_either_mode() {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let read = RawEnvelope::from_message(Binding::Amqp, Some("application/json"), HEADERS, deep.as_bytes());
    assert!(read.unwrap_err().is_too_deep());
    let body = format!(
        r#"{{"specversion":"1.0","id":"1","source":"s","type":"t","time":"2026-03-02T09:15:00Z","data":{deep}}}"#
    );
    let read = RawEnvelope::from_message(
        Binding::Amqp,
        Some("application/cloudevents+json"),
        [],
        body.as_bytes(),
    );
    assert!(read.unwrap_err().is_too_deep());
}
