//! The generated client, over a script.

use crate::support::client as client_over;
use client_core::testing::Reply;
use std::time::Duration;
use toy_client::{Genre, NewLoan};

#[tokio::test(start_paused = true)]
async fn awaiting_a_call_gives_the_value() {
    let (client, transport) = client_over([Reply::status(200).with_body("[]")]);
    let books = client
        .search_books("dune")
        .genre([Genre::SciFi])
        .order(["year"])
        .available(true)
        .limit(5)
        .correlation_id("visit-1")
        .timeout(Duration::from_secs(1))
        .await
        .unwrap();
    assert!(books.is_empty());
    let request = &transport.requests()[0];
    assert_eq!(
        request.uri(),
        "https://library.test/api/books?q=dune&genre=sci-fi&order=year&available=true&limit=5"
    );
    assert_eq!(request.headers()["x-correlation-id"], "visit-1");
}

#[tokio::test(start_paused = true)]
async fn sending_a_call_gives_the_answer_around_the_value() {
    let (client, _) = client_over([Reply::status(200).with_header("etag", "\"7\"")]);
    let response = client.has_book("978").send().await.unwrap();
    assert_eq!(response.etag(), Some("\"7\""));
}

#[tokio::test(start_paused = true)]
async fn an_operation_with_a_key_is_repeated_with_the_same_key() {
    let lent = Reply::status(201).with_body(r#"{"isbn":"978","dueAt":"2026-01-01T00:00:00Z"}"#);
    let (client, transport) = client_over([Reply::interrupted(), lent]);
    let loan = client.lend(NewLoan::new("978", 12)).await.unwrap();
    assert_eq!(loan.isbn, "978");
    let keys: Vec<_> = transport
        .requests()
        .iter()
        .map(|one| one.headers()["idempotency-key"].clone())
        .collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_an_error_with_its_status() {
    let (client, _) = client_over([Reply::status(404)]);
    let error = client.get_shelf(1, "top").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
}
