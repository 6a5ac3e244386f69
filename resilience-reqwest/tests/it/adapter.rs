//! `reqwest-retry`'s loop with our decisions.
#![cfg(feature = "reqwest-retry")]

use std::time::Duration;

use resilience::Deadline;
use resilience::budget::{BudgetPolicy, RetryBudget};
use resilience::retry::{Jitter, RetryPolicy};
use resilience_reqwest::{IdempotencyKey, RetryAdapter};

use crate::script::{Server, URL, answer, asking_for};
use crate::sockets::{Reply, Sockets};

fn adapter() -> RetryAdapter {
    RetryAdapter::new(
        RetryPolicy::default().with_jitter(Jitter::None),
        RetryBudget::default(),
    )
    .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_post_that_may_have_arrived_is_sent_once() {
    let server = Server::answering([500, 503]);
    let client = server.client(adapter());
    assert_eq!(client.post(URL).send().await.unwrap().status(), 500);
    assert_eq!(client.post(URL).send().await.unwrap().status(), 503);
}

#[tokio::test(start_paused = true)]
async fn a_post_with_a_key_is_repeated_with_it() {
    let server = Server::answering([503, 201]);
    let post = server
        .client(adapter())
        .post(URL)
        .with_extension(IdempotencyKey::fresh());
    assert_eq!(post.send().await.unwrap().status(), 201);

    let seen = server.seen();
    assert_eq!(
        seen[0].headers["idempotency-key"],
        seen[1].headers["idempotency-key"]
    );
}

#[tokio::test(start_paused = true)]
async fn our_schedule_and_limit_hold() {
    let server = Server::answering([503; 4]);
    assert_eq!(
        server.client(adapter()).get(URL).send().await.unwrap().status(),
        503
    );
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_is_kept_and_one_beyond_the_deadline_ends_the_call() {
    let server = Server::new([asking_for(429, "2"), answer(200), asking_for(429, "2")]);
    let client = server.client(adapter());
    assert_eq!(client.get(URL).send().await.unwrap().status(), 200);
    let seen = server.seen();
    // The loop waits until a moment of the wall clock, which goes on while it counts.
    assert!(seen[1].at - seen[0].at >= Duration::from_millis(1_900));

    let hurried = client
        .get(URL)
        .with_extension(Deadline::after(Duration::from_secs(1)));
    assert_eq!(hurried.send().await.unwrap().status(), 429);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_the_task_holds_too() {
    let server = Server::new([asking_for(429, "2")]);
    let get = server.client(adapter()).get(URL).send();
    let response = Deadline::after(Duration::from_secs(1)).scope(get).await.unwrap();
    assert_eq!(response.status(), 429);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_no_clock_can_tell_is_not_begun() {
    let server = Server::new([asking_for(503, "99999999999999999999")]);
    let response = server.client(adapter()).get(URL).send().await.unwrap();
    assert_eq!(response.status(), 503);
}

#[tokio::test(start_paused = true)]
async fn the_budget_bounds_what_a_dead_server_is_asked() {
    let server = Server::answering([503; 120]);
    let budget = BudgetPolicy::default().with_ratio(0.2).with_floor_per_second(0);
    let adapter = RetryAdapter::new(RetryPolicy::default(), RetryBudget::new(budget).unwrap()).unwrap();
    let client = server.client(adapter);
    for _ in 0..100 {
        client.get(URL).send().await.unwrap();
    }
    assert_eq!(server.seen().len(), 120);
}

#[tokio::test]
async fn a_streaming_body_is_sent_once_instead_of_refused() {
    let sockets = Sockets::start([Reply::status(503)]).await;
    let stream = futures_util::stream::iter([Ok::<_, std::io::Error>("89.99")]);
    let put = sockets
        .client(adapter())
        .put(sockets.url())
        .body(reqwest::Body::wrap_stream(stream));
    assert_eq!(put.send().await.unwrap().status(), 503);
    assert_eq!(sockets.bodies(), ["89.99"]);
}
