//! A service that fails is left alone, group by group.

use std::time::Duration;

use client_core::testing::{Reply, ScriptedTransport};
use client_core::{Client, ClientPolicy};
use resilience::breaker::BreakerPolicy;
use resilience::retry::RetryPolicy;

use crate::operations::{CreateProduct, SendAlert, builder, client, price, read_price};

fn without_retries(transport: &ScriptedTransport) -> Client {
    let mut policy = ClientPolicy::default();
    policy.retry = RetryPolicy::never();
    policy.breaker = Some(BreakerPolicy::default().with_trials(1));
    builder(transport).policy(policy).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn five_failures_in_a_row_open_it_and_the_sixth_call_sends_nothing() {
    let down = [
        Reply::status(500),
        Reply::status(503),
        Reply::no_connection(),
        Reply::interrupted(),
        Reply::never(),
    ];
    let transport = ScriptedTransport::new(down);
    let client = without_retries(&transport);
    for _ in 0..5 {
        assert!(!client.call(read_price()).await.unwrap_err().is_circuit_open());
    }
    let error = client.call(read_price()).await.unwrap_err();
    assert_eq!(transport.requests().len(), 5);
    assert!(error.is_circuit_open() && error.is_unavailable());
    assert_eq!((error.attempts(), error.may_have_been_sent()), (0, false));
    assert!(
        error
            .retry_after()
            .is_some_and(|wait| wait <= Duration::from_secs(30))
    );
    assert_eq!(error.to_string(), "circuit of readPrice is open");
    assert_eq!(
        (client.stats().breaker_openings, client.stats().rejections),
        (1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn refusals_and_throttling_do_not_open_it() {
    for status in [400, 401, 404, 409, 429] {
        let transport = ScriptedTransport::always(Reply::status(status));
        let client = without_retries(&transport);
        for _ in 0..50 {
            client.call(read_price()).await.unwrap_err();
        }
        assert_eq!(
            (transport.requests().len(), client.stats().breaker_openings),
            (50, 0),
            "{status}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_gives_up_on_its_own_answers_opens_it() {
    let transport = ScriptedTransport::always(Reply::status(408));
    let client = without_retries(&transport);
    for _ in 0..6 {
        client.call(read_price()).await.unwrap_err();
    }
    assert_eq!(
        (transport.requests().len(), client.stats().breaker_openings),
        (5, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_group_fails_alone() {
    let transport = ScriptedTransport::new(vec![Reply::status(500); 5]).afterwards(Reply::status(201));
    let client = without_retries(&transport);
    for _ in 0..5 {
        client.call(read_price()).await.unwrap_err();
    }
    assert!(client.call(read_price()).await.unwrap_err().is_circuit_open());
    client.call(CreateProduct).await.unwrap();
    client.call(SendAlert).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn it_recovers_by_a_trial_after_its_time() {
    let transport =
        ScriptedTransport::new(vec![Reply::status(503); 5]).afterwards(Reply::json(200, &price()));
    let client = without_retries(&transport);
    for _ in 0..5 {
        client.call(read_price()).await.unwrap_err();
    }
    tokio::time::advance(Duration::from_secs(29)).await;
    assert!(client.call(read_price()).await.unwrap_err().is_circuit_open());
    tokio::time::advance(Duration::from_secs(2)).await;
    client.call(read_price()).await.unwrap();
    client.call(read_price()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_mistake_of_the_caller_is_told_even_while_it_is_open() {
    let transport = ScriptedTransport::new(vec![Reply::status(503); 5]);
    let client = without_retries(&transport);
    for _ in 0..5 {
        client.call(read_price()).await.unwrap_err();
    }
    let error = client
        .call(crate::operations::ReadPrice(String::new()))
        .await
        .unwrap_err();
    assert!(error.is_build() && !error.is_unavailable());
}

#[tokio::test(start_paused = true)]
async fn a_circuit_that_opens_during_the_retries_ends_the_call_with_what_was_last_said() {
    let transport = ScriptedTransport::always(Reply::status(503));
    let client = client(&transport);
    client.call(read_price()).await.unwrap_err();
    let error = client.call(read_price()).await.unwrap_err();
    assert!(error.is_api() && error.may_have_been_sent());
    assert_eq!(
        transport.requests().len(),
        5,
        "no request after the fifth failure"
    );
}

#[tokio::test(start_paused = true)]
async fn clones_share_it() {
    let transport = ScriptedTransport::always(Reply::status(500));
    let client = without_retries(&transport);
    for _ in 0..5 {
        client.clone().call(read_price()).await.unwrap_err();
    }
    assert!(client.call(read_price()).await.unwrap_err().is_circuit_open());
}
