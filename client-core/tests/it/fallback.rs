//! An older answer steps in exactly when there is no definitive one.

use std::sync::atomic::{AtomicU32, Ordering};

use client_core::testing::{Reply, ScriptedTransport};
use client_core::{Answer, FallbackSource, Stored};
use product_types::Timestamp;

use crate::operations::{Price, ReadPrice, client, price, read_price};

#[derive(Default)]
struct Projection {
    known: bool,
    asked: AtomicU32,
}

impl FallbackSource<ReadPrice> for Projection {
    async fn fallback(&self, operation: &ReadPrice) -> Option<Stored<Price>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        assert_eq!(operation.0, "v-1");
        self.known.then(|| Stored::new(old_price(), as_of()))
    }
}

fn old_price() -> Price {
    Price {
        amount: "79.90".to_owned(),
        currency: "EUR".to_owned(),
    }
}

fn as_of() -> Timestamp {
    Timestamp::from_unix(1_700_000_000, 0).unwrap()
}

async fn answer_to(reply: Reply, known: bool) -> (Result<Answer<Price>, client_core::Error>, u32) {
    let source = Projection {
        known,
        ..Projection::default()
    };
    let transport = ScriptedTransport::always(reply);
    let answer = client(&transport).call(read_price()).or_fallback(&source).await;
    (answer, source.asked.into_inner())
}

#[tokio::test(start_paused = true)]
async fn a_live_answer_does_not_ask_the_source() {
    let (answer, asked) = answer_to(Reply::json(200, &price()), true).await;
    let answer = answer.unwrap();
    assert!(answer.is_live());
    assert_eq!((answer.live(), asked), (Some(price()), 0));
}

#[tokio::test(start_paused = true)]
async fn every_kind_of_unavailability_gives_the_older_answer_marked_as_such() {
    let down = [
        Reply::no_connection(),
        Reply::interrupted(),
        Reply::never(),
        Reply::status(408),
        Reply::status(429),
        Reply::status(500),
        Reply::status(501),
        Reply::status(502),
        Reply::status(503),
        Reply::status(504),
        Reply::json(200, "not understood"),
    ];
    for reply in down {
        let (answer, asked) = answer_to(reply.clone(), true).await;
        let answer = answer.unwrap();
        assert!(!answer.is_live());
        let Answer::Unconfirmed {
            value,
            as_of: when,
            cause,
        } = answer
        else {
            panic!("{reply:?}")
        };
        assert_eq!((value, when, asked), (old_price(), as_of(), 1), "{reply:?}");
        assert!(cause.is_unavailable());
    }
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_gives_the_older_answer_without_a_request() {
    let transport = ScriptedTransport::always(Reply::status(500));
    let client = client(&transport);
    let source = Projection {
        known: true,
        ..Projection::default()
    };
    for _ in 0..6 {
        client.call(read_price()).or_fallback(&source).await.unwrap();
    }
    assert_eq!(transport.requests().len(), 5);
    let answer = client.call(read_price()).or_fallback(&source).await.unwrap();
    assert!(matches!(answer, Answer::Unconfirmed { cause, .. } if cause.is_circuit_open()));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_stands_whatever_the_source_knows() {
    for status in [304, 400, 401, 403, 404, 405, 409, 410, 412, 422] {
        let (answer, asked) = answer_to(Reply::status(status), true).await;
        assert_eq!(answer.unwrap_err().status().map(|it| it.as_u16()), Some(status));
        assert_eq!(asked, 0, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_mistake_of_the_caller_stands() {
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let source = Projection {
        known: true,
        ..Projection::default()
    };
    let call = client(&transport)
        .call(read_price())
        .correlation_id("not well formed");
    assert!(call.or_fallback(&source).await.unwrap_err().is_build());
    assert_eq!(source.asked.into_inner(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_knows_nothing_lets_the_error_stand() {
    let (answer, asked) = answer_to(Reply::no_connection(), false).await;
    assert!(answer.unwrap_err().is_connect());
    assert_eq!(asked, 1);
}

#[tokio::test(start_paused = true)]
async fn await_never_falls_back() {
    let transport = ScriptedTransport::always(Reply::no_connection());
    assert!(
        client(&transport)
            .call(read_price())
            .await
            .unwrap_err()
            .is_connect()
    );
}
