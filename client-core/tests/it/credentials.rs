//! Bearer tokens: sent with each attempt, renewed without a restart.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use client_core::testing::{Reply, ScriptedTransport};
use client_core::{BoxFuture, EnvToken, StaticToken, Token, TokenError, TokenSource};

use crate::operations::{SendAlert, builder, price, read_price};

/// Gives `t1`, `t2`, ... after failing as often as told.
struct Rotating {
    asked: Arc<AtomicU32>,
    failures: u32,
    transient: bool,
}

impl TokenSource for Rotating {
    fn token(&self) -> BoxFuture<'_, Result<Token, TokenError>> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        Box::pin(async move {
            match (number <= self.failures, self.transient) {
                (true, true) => Err(TokenError::unavailable("issuer answered 503")),
                (true, false) => Err(TokenError::refused("client is unknown")),
                (false, _) => Token::new(&format!("t{number}")),
            }
        })
    }
}

fn rotating(failures: u32, transient: bool) -> (Rotating, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    (
        Rotating {
            asked: Arc::clone(&asked),
            failures,
            transient,
        },
        asked,
    )
}

#[tokio::test(start_paused = true)]
async fn the_token_is_sent_as_bearer_and_only_when_there_is_one() {
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let tokens = StaticToken::new("abc.def-1_2~+/=").unwrap();
    builder(&transport)
        .token_source(tokens)
        .build()
        .unwrap()
        .call(read_price())
        .await
        .unwrap();
    builder(&transport)
        .build()
        .unwrap()
        .call(read_price())
        .await
        .unwrap();
    let requests = transport.requests();
    assert_eq!(requests[0].headers()["authorization"], "Bearer abc.def-1_2~+/=");
    assert!(
        requests[0].headers()["authorization"].is_sensitive(),
        "or a transport may log it"
    );
    assert!(requests[1].headers().get("authorization").is_none());
}

#[tokio::test(start_paused = true)]
async fn a_renewed_token_is_used_by_the_next_attempt() {
    let transport = ScriptedTransport::new([Reply::status(503), Reply::json(200, &price())]);
    let client = builder(&transport)
        .token_source(rotating(0, true).0)
        .build()
        .unwrap();
    client.call(read_price()).await.unwrap();
    let sent: Vec<_> = transport
        .requests()
        .iter()
        .map(|it| it.headers()["authorization"].clone())
        .collect();
    assert_eq!(sent, ["Bearer t1", "Bearer t2"]);
}

#[tokio::test(start_paused = true)]
async fn a_401_is_not_retried() {
    let transport = ScriptedTransport::always(Reply::status(401));
    let client = builder(&transport)
        .token_source(rotating(0, true).0)
        .build()
        .unwrap();
    assert!(client.call(read_price()).await.unwrap_err().is_denied());
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_issuer_that_recovers_is_waited_for_even_by_a_plain_post() {
    let transport = ScriptedTransport::always(Reply::status(201));
    let client = builder(&transport)
        .token_source(rotating(2, true).0)
        .build()
        .unwrap();
    assert_eq!(client.call(SendAlert).send().await.unwrap().attempts(), 3);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_issuer_that_stays_away_leaves_room_for_a_fallback_and_the_circuit_closed() {
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let client = builder(&transport)
        .token_source(rotating(12, true).0)
        .build()
        .unwrap();
    for _ in 0..3 {
        let error = client.call(read_price()).await.unwrap_err();
        assert!(error.is_credentials() && error.is_unavailable() && !error.may_have_been_sent());
    }
    client.call(read_price()).await.unwrap();
}

/// Never answers.
struct Silent;

impl TokenSource for Silent {
    fn token(&self) -> BoxFuture<'_, Result<Token, TokenError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn an_issuer_that_hangs_is_unavailable_and_does_not_open_the_circuit() {
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let client = builder(&transport).token_source(Silent).build().unwrap();
    for _ in 0..6 {
        let error = client.call(read_price()).await.unwrap_err();
        assert!(error.is_credentials() && error.is_unavailable() && !error.may_have_been_sent());
    }
    let stats = client.stats();
    assert_eq!(
        (stats.attempts, stats.breaker_openings, stats.rejections),
        (0, 0, 0)
    );
}

#[tokio::test(start_paused = true)]
async fn a_refusal_by_the_issuer_is_final() {
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let (source, asked) = rotating(9, false);
    let client = builder(&transport).token_source(source).build().unwrap();
    let error = client.call(read_price()).await.unwrap_err();
    assert!(error.is_credentials() && !error.is_unavailable());
    assert_eq!(
        (asked.load(Ordering::Relaxed), transport.requests().len()),
        (1, 0)
    );
}

#[tokio::test(start_paused = true)]
async fn a_variable_that_is_not_set_is_told() {
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let tokens = EnvToken::new("CLIENT_CORE_TEST_NO_SUCH_VARIABLE");
    let error = builder(&transport)
        .token_source(tokens)
        .build()
        .unwrap()
        .call(read_price())
        .await
        .unwrap_err();
    assert!(error.is_credentials() && !error.is_unavailable());
}

#[test]
fn a_token_with_a_line_end_is_refused() {
    for token in ["", "abc\n", "a b", "größe", "a\r\nx: y"] {
        assert!(Token::new(token).is_err(), "{token:?}");
    }
}
