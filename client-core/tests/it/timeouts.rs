//! No call takes longer than it was given.

use std::time::Duration;

use client_core::testing::{Reply, ScriptedTransport};
use client_core::{CallOptions, Deadline};
use resilience::time::now;

use crate::operations::{CreateProduct, builder, price, read_price, without_breaker};

const MS: Duration = Duration::from_millis(1);

#[tokio::test(start_paused = true)]
async fn an_attempt_that_hangs_is_given_up_and_made_again() {
    let transport = ScriptedTransport::new([Reply::never(), Reply::json(200, &price())]);
    let client = builder(&transport).policy(without_breaker()).build().unwrap();
    let begin = now();
    let response = client.call(read_price()).send().await.unwrap();
    assert_eq!(response.attempts(), 2);
    assert!(
        begin.elapsed() >= 600 * MS && begin.elapsed() <= 701 * MS,
        "{:?}",
        begin.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn each_attempt_tells_the_service_how_many_milliseconds_it_has() {
    let transport = ScriptedTransport::always(Reply::never());
    let client = builder(&transport).policy(without_breaker()).build().unwrap();
    client.call(read_price()).timeout(1_000 * MS).await.unwrap_err();
    let told: Vec<u64> = transport
        .requests()
        .iter()
        .map(|request| {
            request.headers()[Deadline::HEADER]
                .to_str()
                .unwrap()
                .parse()
                .unwrap()
        })
        .collect();
    assert_eq!(told[0], 600, "the limit of the attempt");
    assert!(told[1] < 400, "what is left of the call: {told:?}");
}

#[tokio::test(start_paused = true)]
async fn the_overall_timeout_of_the_contract_ends_the_call() {
    let transport = ScriptedTransport::always(Reply::never());
    let client = builder(&transport).policy(without_breaker()).build().unwrap();
    let begin = now();
    let error = client.call(read_price()).await.unwrap_err();
    assert!(error.is_timeout() && error.is_unavailable() && error.may_have_been_sent());
    assert!(begin.elapsed() <= 1501 * MS, "{:?}", begin.elapsed());
    assert!(error.attempts() >= 2, "{}", error.attempts());
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_the_call_shortens_it() {
    let transport = ScriptedTransport::always(Reply::never());
    let client = builder(&transport).policy(without_breaker()).build().unwrap();
    let begin = now();
    let error = client.call(read_price()).timeout(300 * MS).await.unwrap_err();
    assert!(error.is_timeout());
    assert!(
        begin.elapsed() >= 300 * MS && begin.elapsed() <= 301 * MS,
        "{:?}",
        begin.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_the_call_may_be_longer_than_the_contracts() {
    let slow = Reply::json(200, &price()).after(500 * MS);
    let transport = ScriptedTransport::new([Reply::never(), Reply::never(), Reply::never(), slow]);
    let client = builder(&transport).policy(without_breaker()).build().unwrap();
    let response = client
        .call(read_price())
        .timeout(Duration::from_secs(10))
        .send()
        .await
        .unwrap();
    assert_eq!(response.attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_only_shortens() {
    let transport = ScriptedTransport::always(Reply::never());
    let client = builder(&transport).policy(without_breaker()).build().unwrap();
    let begin = now();
    client
        .call(read_price())
        .deadline(Deadline::after(60_000 * MS))
        .await
        .unwrap_err();
    assert!(begin.elapsed() <= 1501 * MS);
    let begin = now();
    client
        .call(read_price())
        .deadline(Deadline::after(200 * MS))
        .await
        .unwrap_err();
    assert!(begin.elapsed() <= 201 * MS);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_in_the_past_sends_nothing() {
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let error = builder(&transport)
        .build()
        .unwrap()
        .call(read_price())
        .deadline(Deadline::after(Duration::ZERO))
        .await
        .unwrap_err();
    assert!(error.is_timeout() && !error.may_have_been_sent());
    assert_eq!((error.attempts(), transport.requests().len()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn send_with_overrides_what_was_set_on_the_call() {
    let transport = ScriptedTransport::always(Reply::never());
    let client = builder(&transport).policy(without_breaker()).build().unwrap();
    let begin = now();
    let call = client
        .call(CreateProduct)
        .timeout(5_000 * MS)
        .correlation_id("order-1");
    let error = call
        .send_with(CallOptions::default().with_timeout(100 * MS))
        .await
        .unwrap_err();
    assert!(begin.elapsed() <= 101 * MS);
    assert_eq!(error.correlation_id(), Some("order-1"));
}

#[tokio::test(start_paused = true)]
async fn the_pause_before_a_retry_is_not_begun_when_it_would_reach_the_deadline() {
    let transport = ScriptedTransport::always(Reply::status(503).with_header("retry-after", "1"));
    let client = builder(&transport).policy(without_breaker()).build().unwrap();
    let begin = now();
    let error = client.call(read_price()).timeout(800 * MS).await.unwrap_err();
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert!(error.is_api());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
}
