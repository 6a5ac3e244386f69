//! Models keep what they do not know, and tell null from absent.

use client_core::Patch;
use toy_client::{Book, BookAmendment, Genre};

const BOOK: &str = r#"{"isbn":"978","title":"T","subtitle":null,"type":"bound","genres":["novel","krimi"],
    "weight":0.5,"copies":{"main":2},"dailyFee":"0.10","ISBN-10":"3-16","tomorrow":{"a":1}}"#;

#[test]
fn an_unknown_enum_value_is_kept_and_written_back() {
    let genre: Genre = serde_json::from_str("\"krimi\"").unwrap();
    assert_eq!(genre, Genre::Other("krimi".to_owned()));
    assert!(!genre.is_known());
    assert_eq!(serde_json::to_string(&genre).unwrap(), "\"krimi\"");
}

#[test]
fn a_known_enum_value_is_read_and_written_as_the_document_has_it() {
    for text in ["novel", "non-fiction", "sci-fi", "poetry"] {
        let genre = Genre::from(text);
        assert!(genre.is_known(), "{text}");
        assert_eq!(genre.to_string(), text);
        assert_eq!(serde_json::to_string(&genre).unwrap(), format!("\"{text}\""));
    }
}

#[test]
fn a_reader_accepts_fields_that_it_does_not_know() {
    let book: Book = serde_json::from_str(BOOK).unwrap();
    assert_eq!(book.genres, [Genre::Novel, Genre::Other("krimi".to_owned())]);
    assert_eq!(book.copies["main"], 2);
    assert_eq!(book.r#type, "bound");
    assert_eq!(book.isbn_10.as_deref(), Some("3-16"));
}

#[test]
fn a_decimal_keeps_its_digits() {
    let book: Book = serde_json::from_str(BOOK).unwrap();
    assert_eq!(book.daily_fee.unwrap().to_string(), "0.10");
}

#[test]
fn a_required_field_that_may_be_null_is_written_as_null_and_an_optional_one_not_at_all() {
    let book: Book = serde_json::from_str(BOOK).unwrap();
    let again = serde_json::to_value(&book).unwrap();
    assert_eq!(again["subtitle"], serde_json::Value::Null);
    assert!(again.as_object().unwrap().contains_key("subtitle"));
    assert!(!again.as_object().unwrap().contains_key("publishedAt"));
    assert_eq!(serde_json::from_value::<Book>(again).unwrap(), book);
}

#[test]
fn a_missing_required_field_is_an_error() {
    let error = serde_json::from_str::<Book>(r#"{"isbn":"978"}"#).unwrap_err();
    assert!(error.to_string().contains("title"), "{error}");
}

#[test]
fn a_patch_tells_absent_null_and_value_apart() {
    let written = |patch: &BookAmendment| serde_json::to_string(patch).unwrap();
    assert_eq!(written(&BookAmendment::new()), "{}");
    assert_eq!(
        written(&BookAmendment::new().with_subtitle(Patch::Null)),
        r#"{"subtitle":null}"#
    );
    assert_eq!(
        written(&BookAmendment::new().with_subtitle("S".to_owned())),
        r#"{"subtitle":"S"}"#
    );
    assert_eq!(
        written(&BookAmendment::new().with_daily_fee("1.50".parse::<product_types::Decimal>().unwrap())),
        r#"{"dailyFee":"1.50"}"#
    );
}

#[test]
fn a_patch_is_read_as_it_was_written() {
    for (text, subtitle) in [
        ("{}", Patch::Absent),
        (r#"{"subtitle":null}"#, Patch::Null),
        (r#"{"subtitle":"S"}"#, Patch::Value("S".to_owned())),
    ] {
        let patch: BookAmendment = serde_json::from_str(text).unwrap();
        assert_eq!(patch.subtitle, subtitle);
        assert_eq!(serde_json::to_string(&patch).unwrap(), text);
    }
}
