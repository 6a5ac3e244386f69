//! Secrets and contents reach neither `Display` nor `Debug`, along the whole chain of causes.

use std::error::Error as StdError;

use client_core::testing::{Reply, ScriptedTransport};
use client_core::{EnvToken, StaticToken, Token};

use crate::operations::{builder, read_price};

const SECRET: &str = "s3cr3t-token";

fn whole(error: &(dyn StdError + 'static)) -> String {
    let mut text = format!("{error:?}");
    let mut next = Some(error);
    while let Some(error) = next {
        text.push_str(&format!("\n{error}"));
        next = error.source();
    }
    text
}

#[test]
fn tokens_are_hidden() {
    assert_eq!(format!("{:?}", Token::new(SECRET).unwrap()), "Token(hidden)");
    assert!(!format!("{:?}", StaticToken::new(SECRET).unwrap()).contains(SECRET));
    assert!(!whole(&Token::new(&format!("{SECRET}\n")).unwrap_err()).contains(SECRET));
    assert!(format!("{:?}", EnvToken::new("TOKEN_VARIABLE")).contains("TOKEN_VARIABLE"));
}

#[test]
fn clients_and_builders_hide_the_token() {
    let builder = builder(&ScriptedTransport::default()).token_source(StaticToken::new(SECRET).unwrap());
    assert!(!format!("{builder:?}").contains(SECRET));
    let client = builder.build().unwrap();
    let shown = format!("{client:?} {:?}", client.call(read_price()));
    assert!(
        !shown.contains(SECRET) && shown.contains("products.test"),
        "{shown}"
    );
}

#[tokio::test(start_paused = true)]
async fn errors_show_neither_token_nor_body() {
    let body = serde_json::json!({
        "error": SECRET, "message": SECRET, "details": {SECRET: SECRET}, "amount": SECRET, "currency": [SECRET],
    });
    let replies = [
        Reply::json(200, &body),
        Reply::json(400, &body),
        Reply::json(500, &body).with_header("x-internal", SECRET),
        Reply::status(200).with_body(SECRET),
        Reply::no_connection(),
        Reply::never(),
    ];
    for reply in replies {
        let transport = ScriptedTransport::always(reply.clone());
        let client = builder(&transport)
            .token_source(StaticToken::new(SECRET).unwrap())
            .build()
            .unwrap();
        let error = client.call(read_price()).await.unwrap_err();
        assert!(!whole(&error).contains(SECRET), "{}", whole(&error));
        // The caller who asks for the service's words gets them.
        if error.status().is_some() {
            assert_eq!(error.api().unwrap().message, SECRET);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn causes_are_told_once_along_the_chain() {
    let transport = ScriptedTransport::always(Reply::no_connection());
    let error = builder(&transport)
        .build()
        .unwrap()
        .call(read_price())
        .await
        .unwrap_err();
    let mut phrases = vec![error.to_string()];
    let mut next = error.source();
    while let Some(cause) = next {
        phrases.push(cause.to_string());
        next = cause.source();
    }
    assert_eq!(
        phrases,
        [
            "no connection for readPrice",
            "no connection to the service",
            "scripted: connection refused"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_timeout_keeps_what_the_attempts_before_it_said() {
    let transport = ScriptedTransport::new([Reply::interrupted()]).afterwards(Reply::never());
    let error = builder(&transport)
        .build()
        .unwrap()
        .call(read_price())
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    assert!(whole(&error).contains("connection reset"), "{}", whole(&error));
}
