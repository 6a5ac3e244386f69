//! How much of what a message may be, and where it stops being one.

use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, Error, Limits, Position, ProductEvent, RawEnvelope};
use std::error::Error as _;

const HEAD: &str = r#""messageId":"m","messageType":"ProductDeleted","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s","#;

/// A message whose payload has a field that no event knows.
fn with_field(value: &str) -> String {
    format!(
        r#"{{{HEAD}
"payload":{{"productId":"p","deletedAt":"2026-03-02T09:15:00Z","deletedBy":"u",
"other":{value}}}}}"#
    )
}

/// The error of every way to read a message, which is the same.
fn refused(body: &[u8]) -> Error {
    let error = RawEnvelope::parse(body).unwrap_err();
    for other in [
        ProductEvent::decode(body).unwrap_err(),
        Envelope::<ProductDeleted>::decode(body).unwrap_err(),
    ] {
        assert_eq!(other.to_string(), error.to_string());
        assert_eq!(other.position(), error.position());
    }
    error
}

#[track_caller]
fn refused_at(value: &str, place: usize, reason: &str) {
    let body = with_field(value);
    let error = refused(body.as_bytes());
    assert_eq!(error.source().unwrap().to_string(), reason, "{value}");
    let column = r#""other":"#.len() + 1 + place;
    assert_eq!(error.position(), Some(Position { line: 3, column }), "{value}");
}

#[test]
fn a_message_has_at_most_a_mebibyte_unless_said_otherwise() {
    let text = "x".repeat(Limits::default().max_bytes);
    let exact = |bytes: usize| {
        let around = with_field(r#""""#).len();
        with_field(&format!("\"{}\"", &text[..bytes - around]))
    };
    let body = exact(1 << 20);
    assert_eq!(body.len(), 1_048_576);
    assert!(Envelope::<ProductDeleted>::decode(body.as_bytes()).is_ok());

    let body = exact((1 << 20) + 1);
    let error = refused(body.as_bytes());
    assert!(error.is_too_large() && error.is_envelope() && !error.is_too_deep());
    let wide = Limits::default().with_max_bytes(usize::MAX);
    assert!(RawEnvelope::parse_within(body.as_bytes(), &wide).is_ok());
    let narrow = Limits::default().with_max_bytes(10);
    assert!(
        RawEnvelope::parse_within(body.as_bytes(), &narrow)
            .unwrap_err()
            .is_too_large()
    );
}

#[test]
fn nesting_is_bounded_in_what_nobody_decodes() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    // The envelope and the payload are the first two levels.
    assert!(Envelope::<ProductDeleted>::decode(with_field(&nested(126)).as_bytes()).is_ok());
    refused_at(&nested(127), 126, "nested deeper than allowed");
    refused_at(&"[".repeat(100_000), 126, "nested deeper than allowed");
    refused_at(&"{\"a\":".repeat(100_000), 126 * 5, "nested deeper than allowed");
    assert!(refused(with_field(&nested(127)).as_bytes()).is_too_deep());

    let beside = format!(r#"{{{HEAD}"payload":{{}},"other":{}}}"#, nested(128));
    assert!(refused(beside.as_bytes()).is_too_deep());
    let in_metadata = format!(r#"{{{HEAD}"payload":{{}},"metadata":{}}}"#, nested(127));
    assert!(RawEnvelope::parse(in_metadata.as_bytes()).is_ok());
}

#[test]
fn brackets_in_texts_and_side_by_side_are_not_nesting() {
    assert!(
        Envelope::<ProductDeleted>::decode(with_field(&format!("\"{}\"", "[".repeat(1_000))).as_bytes())
            .is_ok()
    );
    let wide = format!("[{}[]]", "[],".repeat(1_000));
    assert!(Envelope::<ProductDeleted>::decode(with_field(&wide).as_bytes()).is_ok());
}

#[test]
fn the_bound_of_nesting_can_be_lowered_and_not_raised() {
    let body = with_field("[[]]");
    for (max_depth, is_read) in [(0, false), (1, false), (3, false), (4, true)] {
        let limits = Limits::default().with_max_depth(max_depth);
        let result = RawEnvelope::parse_within(body.as_bytes(), &limits);
        assert_eq!(result.is_ok(), is_read, "{max_depth}");
        assert!(result.map_or_else(|error| error.is_too_deep(), |_| true));
    }
    let deep = with_field(&format!("{}{}", "[".repeat(200), "]".repeat(200)));
    let limits = Limits::default().with_max_depth(255);
    assert!(
        RawEnvelope::parse_within(deep.as_bytes(), &limits)
            .unwrap_err()
            .is_too_deep()
    );
}

#[test]
fn text_is_checked_in_what_nobody_decodes() {
    refused_at(r#""a\ud800""#, 2, "half of a surrogate pair in a string");
    refused_at(r#""\udc00\ud800""#, 1, "half of a surrogate pair in a string");
    refused_at(r#""\ud800\u0041""#, 1, "half of a surrogate pair in a string");
    refused_at(r#"{"\ud800\n":1}"#, 2, "half of a surrogate pair in a string");
    refused_at(r#""\x""#, 2, "expected an escape that JSON knows");
    refused_at(r#""\u12g4""#, 5, "expected a hexadecimal digit");
    refused_at("\"a\0\"", 2, "an unescaped control character in a string");
    refused_at("\"12345678\t\"", 9, "an unescaped control character in a string");
    assert!(Envelope::<ProductDeleted>::decode(with_field(r#""\ud83d\ude00 \u0000 \/""#).as_bytes()).is_ok());
}

#[test]
fn what_is_not_utf_8_is_refused_wherever_it_stands() {
    for bytes in [&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"] {
        let mut body = with_field("\"\"").into_bytes();
        let place = body.len() - 3;
        body.splice(place..place, bytes.iter().copied());
        let error = refused(&body);
        assert_eq!(error.source().unwrap().to_string(), "not UTF-8");
        let column = r#""other":""#.len() + 1;
        assert_eq!(error.position(), Some(Position { line: 3, column }));
    }
}

#[test]
fn the_grammar_is_kept_in_what_nobody_decodes() {
    refused_at("01", 1, "expected a comma or a closing brace");
    refused_at("-", 1, "expected a digit");
    refused_at("1.", 2, "expected a digit");
    refused_at("1e+", 3, "expected a digit");
    refused_at(".5", 0, "expected a value");
    refused_at("+1", 0, "expected a value");
    refused_at("NaN", 0, "expected a value");
    refused_at("tru", 3, "expected a value");
    refused_at("'a'", 0, "expected a value");
    refused_at("[1 2]", 3, "expected a comma or a closing bracket");
    refused_at("[1,]", 3, "expected a value");
    refused_at("[1}", 2, "expected a comma or a closing bracket");
    refused_at(r#"{"a":1,}"#, 7, "expected a string");
    refused_at(r#"{"a" 1}"#, 5, "expected a colon");
    refused_at("{a:1}", 1, "expected a string");
    refused_at("/**/1", 0, "expected a value");
    let behind = with_field("1") + " x";
    assert_eq!(
        refused(behind.as_bytes()).source().unwrap().to_string(),
        "expected the end of the message"
    );
    let twice = with_field("1") + &with_field("1");
    assert!(refused(twice.as_bytes()).is_envelope());
}

#[test]
fn numbers_that_do_not_fit_their_field_are_refused_in_their_place() {
    let body = br#"{"messageId":"m","messageType":"StockLevelChanged","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s",
"payload":{"variantId":"v","newQuantityAvailable":9223372036854775808}}"#;
    let error = event_contracts::InventoryEvent::decode(body).unwrap_err();
    assert!(error.is_payload());
    assert_eq!(error.position().unwrap().line, 2);
    // What nobody reads may be as large as it likes.
    assert!(Envelope::<ProductDeleted>::decode(with_field("1e999").as_bytes()).is_ok());
}

#[test]
fn a_known_field_that_stands_twice_in_a_payload_is_refused() {
    let body = with_field(r#"0,"deletedBy":"v""#);
    let error = Envelope::<ProductDeleted>::decode(body.as_bytes()).unwrap_err();
    assert!(error.is_payload());
    assert_eq!(error.position().unwrap().line, 3);
}

#[test]
fn a_key_that_stands_twice_in_free_form_metadata_is_refused() {
    let with = |metadata: &str| {
        format!(
            r#"{{"messageId":"m","messageType":"ProductCreated","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s",
"payload":{{"productId":"p","name":"n","brand":"b","status":"DRAFT","createdAt":"2026-03-02T09:15:00Z","createdBy":"u","metadata":{metadata}}}}}"#
        )
    };
    assert!(ProductEvent::decode(with(r#"{"a":{"b":1},"b":1.5e300}"#).as_bytes()).is_ok());
    for metadata in [r#"{"a":1,"a":1}"#, r#"{"a":1,"\u0061":2}"#, r#"{"a":1e999}"#] {
        let error = ProductEvent::decode(with(metadata).as_bytes()).unwrap_err();
        assert!(error.is_payload(), "{metadata}");
        assert_eq!(error.position().unwrap().line, 2);
    }
}
