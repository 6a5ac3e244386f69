//! The generated client, over a script.

use crate::support::client as client_over;
use client_core::Paged as _;
use client_core::testing::{Reply, ScriptedTransport};
use std::time::Duration;
use toy_client::{
    Contact, Genre, GetBookAnswer, GetShelfHeaders, LibraryClient, ListLoans, MailAddress, NewLoan,
    SetContactAnswer,
};

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
        "https://library.test/library/books?q=dune&genre=sci-fi&order=year&available=true&limit=5"
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

#[tokio::test(start_paused = true)]
async fn one_of_several_documented_statuses_is_told_apart() {
    let contact = || {
        Contact::from(MailAddress {
            name: "Ada".to_owned(),
            mail: "ada@library.test".to_owned(),
            fax: None,
        })
    };
    let (client, _) = client_over([
        Reply::json(200, &contact()),
        Reply::status(201),
        Reply::status(202),
    ]);
    let replaced = client.set_contact(12, contact()).await.unwrap();
    assert_eq!(replaced, SetContactAnswer::Ok(contact()));
    let created = client.set_contact(12, contact()).await.unwrap();
    assert_eq!(created, SetContactAnswer::Created);
    let error = client.set_contact(12, contact()).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn not_modified_is_an_answer_where_the_document_says_so_and_an_error_elsewhere() {
    let (client, transport) = client_over([Reply::status(304), Reply::status(304)]);
    let answer = client
        .get_book("978")
        .if_none_match("\"7\"")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.value(), &GetBookAnswer::NotModified);
    assert_eq!(answer.status().as_u16(), 304);
    assert_eq!(transport.requests()[0].headers()["if-none-match"], "\"7\"");
    let error = client.has_book("978").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(304));
}

#[tokio::test(start_paused = true)]
async fn documented_headers_are_typed() {
    let shelf = || {
        Reply::status(200)
            .with_body(r#"{"books":[]}"#)
            .with_header("etag", "\"7\"")
            .with_header("x-main-genre", "krimi")
            .with_header("ratelimit-limit", "100")
            .with_header("ratelimit-remaining", "99")
            .with_header("ratelimit-reset", "7")
    };
    let (client, _) = client_over([
        shelf()
            .with_header("x-book-count", "3")
            .with_header("x-counted-at", "2026-01-01T00:00:00Z"),
        shelf(),
        shelf().with_header("x-book-count", "three"),
    ]);
    let response = client.get_shelf(1, "top").send().await.unwrap();
    let headers = response.headers_as::<GetShelfHeaders>().unwrap();
    assert_eq!(headers.x_book_count, 3);
    assert_eq!(headers.x_main_genre, Some(Genre::Other("krimi".to_owned())));
    assert_eq!(headers.x_counted_at.unwrap().to_string(), "2026-01-01T00:00:00Z");
    assert_eq!(response.etag(), Some("\"7\""));
    let limit = response.rate_limit().unwrap();
    assert_eq!(
        (limit.limit, limit.remaining, limit.reset),
        (100, 99, Duration::from_secs(7))
    );
    for wrong in ["missing", "no number"] {
        let response = client.get_shelf(1, "top").send().await.unwrap();
        let error = response.headers_as::<GetShelfHeaders>().unwrap_err();
        assert!(error.to_string().contains("x-book-count"), "{wrong}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_text_beside_the_base_url_is_a_text() {
    let (client, transport) = client_over([Reply::status(200).with_body("lent 3\n")]);
    assert_eq!(client.get_statistics().await.unwrap(), "lent 3\n");
    let request = &transport.requests()[0];
    assert_eq!(request.uri(), "https://library.test/statistics");
    assert_eq!(request.headers()["accept"], "text/plain");
}

#[tokio::test(start_paused = true)]
async fn a_base_url_that_ends_otherwise_has_nothing_beside_it() {
    let transport = ScriptedTransport::always(Reply::status(200));
    let core = client_core::Client::builder("https://library.test/elsewhere")
        .transport(transport.clone())
        .build()
        .unwrap();
    let error = LibraryClient::new(core).get_statistics().await.unwrap_err();
    assert!(error.is_build(), "{error}");
    assert!(transport.requests().is_empty());
}

#[test]
fn a_paged_operation_tells_what_a_walk_needs() {
    let mut operation = ListLoans::new();
    operation.set_page(2);
    assert_eq!(operation.page, Some(2));
    let page = |total| {
        ListLoans::page(toy_client::LoanPage {
            items: vec![toy_client::Loan {
                isbn: "978".to_owned(),
                due_at: "2026-01-01T00:00:00Z".parse().unwrap(),
            }],
            total,
            page: 2,
            limit: 1,
        })
    };
    assert_eq!(page(3).next(), Some(3));
    assert_eq!(page(2).next(), None);
    assert_eq!(page(2).items.len(), 1);
}

#[test]
fn an_empty_page_is_the_last_one() {
    let page = client_core::Page::<u8> {
        items: Vec::new(),
        total: 1_000,
        page: 2,
        limit: 10,
    };
    assert_eq!(page.next(), None);
}
