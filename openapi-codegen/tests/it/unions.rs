//! Unions keep what they do not know, and can't be written with a wrong tag.

use serde_json::{Value, json};
use toy_client::{Contact, MailAddress, Notice, OverdueNotice, PostalAddress, RecallNotice};

fn notice(value: Value) -> Notice {
    serde_json::from_value(value).expect("a notice")
}

#[test]
fn the_tag_tells_the_member() {
    let read = notice(json!({ "kind": "overdue", "isbn": "978", "fee": "0.50" }));
    let overdue = OverdueNotice {
        isbn: "978".to_owned(),
        fee: "0.50".parse().unwrap(),
    };
    assert_eq!(read, Notice::from(overdue));
    assert!(read.is_known());
    let read = notice(json!({ "kind": "recall", "isbn": "978", "since": "yesterday" }));
    assert!(matches!(read, Notice::RecallNotice(_)), "{read:?}");
}

#[test]
fn a_member_is_written_with_its_tag() {
    let recall = Notice::from(RecallNotice {
        isbn: "978".to_owned(),
    });
    let written = serde_json::to_value(&recall).unwrap();
    assert_eq!(written, json!({ "kind": "recall", "isbn": "978" }));
}

#[test]
fn a_tag_that_is_not_known_keeps_the_whole_object() {
    for unknown in [
        json!({ "kind": "birthday", "cake": { "candles": 7 } }),
        json!({ "isbn": "978" }),
        json!({ "kind": 7 }),
    ] {
        let read = notice(unknown.clone());
        assert!(!read.is_known(), "{unknown}");
        assert_eq!(serde_json::to_value(&read).unwrap(), unknown);
    }
}

#[test]
fn a_known_tag_over_another_shape_is_an_error_and_no_unknown_member() {
    let error = serde_json::from_value::<Notice>(json!({ "kind": "recall" })).unwrap_err();
    assert!(error.to_string().contains("isbn"), "{error}");
    let error = serde_json::from_value::<Notice>(json!("recall")).unwrap_err();
    assert!(error.to_string().contains("map"), "{error}");
}

#[test]
fn without_a_tag_what_only_one_member_requires_tells_it() {
    let mail = json!({ "name": "Ada", "mail": "ada@library.test" });
    let read: Contact = serde_json::from_value(mail.clone()).unwrap();
    let expected = MailAddress {
        name: "Ada".to_owned(),
        mail: "ada@library.test".to_owned(),
        fax: None,
    };
    assert_eq!(read, Contact::MailAddress(expected));
    assert_eq!(serde_json::to_value(&read).unwrap(), mail);
    let post = Contact::from(PostalAddress {
        name: "Ada".to_owned(),
        street: "1, High Street".to_owned(),
    });
    let again: Contact = serde_json::from_value(serde_json::to_value(&post).unwrap()).unwrap();
    assert_eq!(again, post);
    let pigeon = json!({ "name": "Ada", "ring": 12 });
    let read: Contact = serde_json::from_value(pigeon.clone()).unwrap();
    assert!(!read.is_known());
    assert_eq!(serde_json::to_value(&read).unwrap(), pigeon);
}
