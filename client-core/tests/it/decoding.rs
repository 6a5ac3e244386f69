//! An answer that is not understood says where, and never what it held.

use client_core::bytes::Bytes;
use client_core::testing::{Reply, ScriptedTransport};
use client_core::{DecodeError, decode, http};
use serde::Deserialize;

use crate::operations::{Price, client, read_price};

#[derive(Debug, Deserialize)]
struct Page {
    #[expect(dead_code, reason = "only its shape matters")]
    items: Vec<Price>,
}

fn failure(content_type: &str, body: &str) -> DecodeError {
    let response = http::Response::builder()
        .header("content-type", content_type)
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap();
    decode::json::<Page>(&response).unwrap_err()
}

#[test]
fn a_wrong_type_is_located_by_path_line_and_column() {
    let error = failure(
        "application/json",
        "{\n \"items\": [{\"amount\": 12345, \"currency\": \"EUR\"}]\n}",
    );
    assert_eq!(error.path(), Some("items[0].amount"));
    assert_eq!(error.position().map(|(line, _)| line), Some(2));
    assert!(
        error
            .to_string()
            .starts_with("expected a string at `items[0].amount`, line 2 column "),
        "{error}"
    );
}

#[test]
fn the_content_is_never_shown() {
    let bodies = [
        r#"{"items": "secret, expected nothing"}"#,
        r#"{"items": [{"amount": {"secret": 1}}]}"#,
        r#"{"items": [{"amount": "secret", "currency": ["secret"]}]}"#,
        r#"secret"#,
        r#"{"items": [] "secret""#,
        r#"{"items": []} secret"#,
    ];
    for body in bodies {
        let error = failure("application/json", body);
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{error:?} of {body}"
        );
    }
}

#[test]
fn a_missing_field_is_named() {
    let error = failure("application/json", r#"{"items": [{"amount": "1"}]}"#);
    assert!(
        error
            .to_string()
            .starts_with("missing field `currency` at `items[0]`"),
        "{error}"
    );
}

#[test]
fn a_body_cut_off_is_told_from_one_that_is_not_json() {
    assert!(
        failure("application/json", r#"{"items": ["#)
            .to_string()
            .starts_with("body ends too early")
    );
    assert!(
        failure("application/json", "")
            .to_string()
            .starts_with("body ends too early")
    );
    let page = failure("text/html; charset=utf-8", "<html>sign in</html>");
    assert!(page.to_string().starts_with("body is not JSON"), "{page}");
    assert!(
        page.to_string().ends_with("in a body not declared as JSON"),
        "{page}"
    );
    assert!(
        !failure("application/problem+json", "x")
            .to_string()
            .contains("not declared")
    );
}

#[test]
fn a_path_of_keys_from_the_body_is_cut() {
    let key = "k".repeat(10_000);
    let response = http::Response::new(Bytes::from(format!(r#"{{"{key}": "x"}}"#)));
    let error = decode::json::<std::collections::BTreeMap<String, u32>>(&response).unwrap_err();
    assert!(error.to_string().len() < 500);
}

#[tokio::test(start_paused = true)]
async fn it_ends_the_call_as_decode_without_a_retry() {
    let transport = ScriptedTransport::new([Reply::json(200, "no price")]);
    let error = client(&transport).call(read_price()).await.unwrap_err();
    assert!(error.is_decode() && error.is_unavailable() && error.may_have_been_sent());
    assert_eq!(
        (error.attempts(), error.to_string()),
        (1, "answer to readPrice was not understood".to_owned())
    );
    assert_eq!(transport.requests().len(), 1);
}
