//! What is not a message is refused, with the place where it stops being one.

use event_contracts::price::ProductPriceChanged;
use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, Error, Position, ProductEvent, RawEnvelope};
use std::error::Error as _;

fn refused(body: &[u8]) -> Error {
    ProductEvent::decode(body).unwrap_err()
}

#[test]
fn what_is_not_json_is_not_an_envelope() {
    for body in [
        &b""[..],
        b"null",
        b"[]",
        b"{",
        b"{}",
        b"\"text\"",
        b"\xff\xfe",
        b"{\"messageId\":\"\xff\"}",
    ] {
        assert!(refused(body).is_envelope(), "{}", String::from_utf8_lossy(body));
    }
}

#[test]
fn the_position_of_a_broken_envelope_is_told() {
    let error = refused(b"{\n  \"messageId\": 7\n}");
    assert_eq!(error.position(), Some(Position { line: 2, column: 16 }));
    assert_eq!(
        error.to_string(),
        "the message's envelope cannot be read (line 2, column 16)"
    );
    assert_eq!(error.source().unwrap().to_string(), "`messageId` is not a string");
}

#[test]
fn the_position_of_a_broken_payload_counts_from_the_start_of_the_message() {
    let one_line = br#"{"messageId":"m","messageType":"ProductDeleted","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{"productId":7}}"#;
    let error = Envelope::<ProductDeleted>::decode(one_line).unwrap_err();
    assert!(error.is_payload());
    let place = String::from_utf8_lossy(one_line).find('7').unwrap() + 1;
    assert_eq!(
        error.position(),
        Some(Position {
            line: 1,
            column: place
        })
    );

    let lines = String::from_utf8_lossy(one_line).replace("\"payload\":{", "\n\"payload\":{\n\n");
    let error = Envelope::<ProductDeleted>::decode(lines.as_bytes()).unwrap_err();
    let column = lines.lines().nth(3).unwrap().find('7').unwrap() + 1;
    assert_eq!(error.position(), Some(Position { line: 4, column }));
}

#[test]
fn an_empty_message_id_cannot_be_de_duplicated() {
    let body = br#"{"messageId":"","messageType":"X","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{}}"#;
    let error = refused(body);
    assert_eq!(error.position(), Some(Position { line: 1, column: 14 }));
    assert_eq!(
        error.source().unwrap().to_string(),
        "`messageId` is not a message id, which is never empty"
    );
}

#[test]
fn a_field_that_stands_twice_is_refused() {
    let body = br#"{"messageId":"a","messageId":"b","messageType":"X","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{}}"#;
    assert!(refused(body).is_envelope());
}

#[test]
fn depth_is_bounded() {
    let deep = "[".repeat(100_000);
    let body = format!(r#"{{"messageId":"a","payload":{deep}"#);
    assert!(refused(body.as_bytes()).is_envelope());
}

#[test]
fn another_type_is_told_from_a_broken_one() {
    let body = br#"{"messageId":"m","messageType":"ProductDeleted","messageVersion":"2.0","timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{}}"#;
    let raw = RawEnvelope::parse(body).unwrap();
    assert!(raw.decode::<ProductPriceChanged>().unwrap_err().is_other_type());
    assert!(
        raw.decode::<ProductDeleted>()
            .unwrap_err()
            .is_unsupported_version()
    );
}

#[test]
fn no_cut_off_message_is_taken_for_a_whole_one() {
    let whole = include_bytes!("../fixtures/ProductPriceChanged.v1.json");
    let end = whole.iter().rposition(|byte| *byte == b'}').unwrap();
    for cut in 0..=end {
        assert!(ProductEvent::decode(&whole[..cut]).is_err(), "cut at {cut}");
    }
}
