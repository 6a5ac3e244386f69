//! Answers are parsed, or told to be something else.

use client_core::bytes::Bytes;
use client_core::http::Response;
use client_core::{Idempotency, Operation};
use std::time::Duration;
use toy_client::{GetShelf, HasBook, Lend, LibraryClient, SearchBooks, ShelveBook};

fn answer(body: &'static str) -> Response<Bytes> {
    Response::new(Bytes::from_static(body.as_bytes()))
}

#[test]
fn a_list_is_a_list() {
    assert_eq!(SearchBooks::parse(&answer("[]")).unwrap(), []);
}

#[test]
fn an_answer_without_content_is_nothing() {
    ShelveBook::parse(&answer("")).unwrap();
    HasBook::parse(&answer("")).unwrap();
}

#[test]
fn what_is_not_the_documented_answer_tells_where_and_not_what() {
    let error = GetShelf::parse(&answer(r#"{"books":[{"isbn":"secret-4711","title":7}]}"#)).unwrap_err();
    assert_eq!(error.path(), Some("books[0].title"));
    assert!(!error.to_string().contains("secret-4711"), "{error}");
}

#[test]
fn the_contract_travels_with_the_operation() {
    let info = GetShelf::INFO;
    assert_eq!(info.id, "getShelf");
    assert_eq!(info.path, "/branches/{branchId}/shelves/{shelf-name}");
    assert_eq!(info.idempotency, Idempotency::Idempotent);
    assert_eq!(info.connect_timeout, Duration::from_millis(250));
    assert_eq!(info.attempt_timeout, Duration::from_millis(400));
    assert_eq!(info.overall_timeout, Duration::from_millis(1250));
    assert_eq!(info.breaker_group, "shelves");
    assert!(info.hedging);
    assert_eq!(info.cost, 3);
}

#[test]
fn what_the_document_leaves_out_takes_the_documented_default() {
    let info = Lend::INFO;
    assert_eq!(info.idempotency, Idempotency::WithKey);
    assert_eq!(info.connect_timeout, Duration::from_secs(1));
    assert_eq!(info.breaker_group, "default");
    assert!(!info.hedging);
    assert_eq!(info.cost, 1);
}

#[test]
fn a_client_knows_all_its_operations() {
    let ids: Vec<&str> = LibraryClient::OPERATIONS.iter().map(|info| info.id).collect();
    assert_eq!(
        ids,
        [
            "searchBooks",
            "getShelf",
            "getBook",
            "hasBook",
            "shelveBook",
            "amendBook",
            "setContact",
            "listNotices",
            "getStatistics",
            "listLoans",
            "lend"
        ]
    );
}
