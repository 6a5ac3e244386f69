//! What is sent again, and what is not.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use client_core::testing::{Reply, ScriptedTransport};
use client_core::{Client, ClientPolicy, Event, http};
use resilience::budget::BudgetPolicy;
use resilience::retry::{Jitter, RetryPolicy};

use crate::operations::{CreateProduct, SendAlert, builder, client, price, read_price, without_breaker};

fn patient(transport: &ScriptedTransport) -> Client {
    builder(transport).policy(without_breaker()).build().unwrap()
}

fn transient() -> [Reply; 6] {
    [
        Reply::status(502),
        Reply::status(503),
        Reply::status(504),
        Reply::status(429),
        Reply::no_connection(),
        Reply::interrupted(),
    ]
}

#[tokio::test(start_paused = true)]
async fn an_idempotent_call_survives_every_transient_failure() {
    for failure in transient() {
        let transport = ScriptedTransport::new([failure.clone(), Reply::json(200, &price())]);
        let response = patient(&transport).call(read_price()).send().await.unwrap();
        assert_eq!(
            (response.value(), response.attempts()),
            (&price(), 2),
            "{failure:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_definitive_answer_is_not_asked_for_twice() {
    for status in [400, 401, 403, 404, 408, 409, 412, 422, 500, 501, 505, 301, 304] {
        let transport = ScriptedTransport::always(Reply::status(status));
        let error = patient(&transport).call(read_price()).await.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
        assert_eq!(transport.requests().len(), 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn three_retries_and_then_the_last_failure() {
    let transport = ScriptedTransport::always(Reply::status(503));
    let error = patient(&transport).call(read_price()).await.unwrap_err();
    assert_eq!(transport.requests().len(), 4);
    assert!(error.is_api() && error.is_unavailable());
    assert_eq!(error.attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_keyed_post_is_retried_with_one_key_made_for_the_call() {
    let transport = ScriptedTransport::new([
        Reply::status(503),
        Reply::interrupted(),
        Reply::status(201),
        Reply::status(201),
    ]);
    let client = patient(&transport);
    client.call(CreateProduct).await.unwrap();
    client.call(CreateProduct).await.unwrap();
    let requests = transport.requests();
    let keys: Vec<_> = requests
        .iter()
        .map(|request| &request.headers()["idempotency-key"])
        .collect();
    assert_eq!(keys.len(), 4);
    assert!(keys[0] == keys[1] && keys[1] == keys[2], "{keys:?}");
    assert_ne!(keys[2], keys[3], "another call has another key");
    let ids: Vec<_> = requests
        .iter()
        .map(|request| &request.headers()["x-correlation-id"])
        .collect();
    assert!(ids[0] == ids[2] && ids[2] != ids[3], "{ids:?}");
    assert_eq!(requests[0].body(), requests[2].body());
}

#[tokio::test(start_paused = true)]
async fn a_plain_post_that_may_have_been_processed_is_sent_once() {
    for failure in [
        Reply::status(503),
        Reply::status(504),
        Reply::status(429),
        Reply::interrupted(),
        Reply::never(),
    ] {
        let transport = ScriptedTransport::always(failure.clone());
        let error = patient(&transport).call(SendAlert).await.unwrap_err();
        assert_eq!(transport.requests().len(), 1, "{failure:?}");
        assert!(error.may_have_been_sent(), "{failure:?}");
        assert!(transport.requests()[0].headers().get("idempotency-key").is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_plain_post_that_never_left_is_retried() {
    let transport =
        ScriptedTransport::new([Reply::no_connection(), Reply::no_connection(), Reply::status(201)]);
    let response = patient(&transport).call(SendAlert).send().await.unwrap();
    assert_eq!(response.attempts(), 3);

    let transport = ScriptedTransport::always(Reply::no_connection());
    let error = patient(&transport).call(SendAlert).await.unwrap_err();
    assert!(error.is_connect() && !error.may_have_been_sent());
    assert_eq!(error.attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_once_stays_perhaps_processed_when_the_retry_finds_no_connection() {
    let transport = ScriptedTransport::new([Reply::interrupted()]).afterwards(Reply::no_connection());
    let error = patient(&transport).call(CreateProduct).await.unwrap_err();
    assert!(error.is_connect() && error.may_have_been_sent());
}

#[tokio::test(start_paused = true)]
async fn a_key_of_the_callers_own_makes_a_plain_post_repeatable() {
    let transport = ScriptedTransport::new([Reply::status(503), Reply::status(201)]);
    patient(&transport)
        .call(SendAlert)
        .idempotency_key("import-17")
        .await
        .unwrap();
    let requests = transport.requests();
    assert_eq!(requests.len(), 2);
    assert!(
        requests
            .iter()
            .all(|request| request.headers()["idempotency-key"] == "import-17")
    );
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_waited_for() {
    for header in ["2".to_owned(), http_date_in(Duration::from_secs(6))] {
        for status in [429, 503] {
            let transport = ScriptedTransport::new([
                Reply::status(status).with_header("retry-after", &header),
                Reply::status(201),
            ]);
            let begin = resilience::time::now();
            patient(&transport).call(CreateProduct).await.unwrap();
            let waited = begin.elapsed();
            assert!(
                waited >= Duration::from_secs(2) && waited <= Duration::from_secs(6),
                "{header}: {waited:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_beyond_the_deadline_ends_the_call_at_once_and_is_told() {
    let transport = ScriptedTransport::always(Reply::status(429).with_header("retry-after", "30"));
    let begin = resilience::time::now();
    let error = patient(&transport).call(read_price()).await.unwrap_err();
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert!(error.is_throttled() && error.is_unavailable());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_told_even_with_what_is_not_retried_and_not_when_it_was_waited_for() {
    let transport = ScriptedTransport::always(Reply::status(500).with_header("retry-after", "60"));
    let error = patient(&transport).call(read_price()).await.unwrap_err();
    assert_eq!(
        (error.attempts(), error.retry_after()),
        (1, Some(Duration::from_secs(60)))
    );

    let transport = ScriptedTransport::new([Reply::status(503).with_header("retry-after", "1")]);
    let client = patient(&transport.clone().afterwards(Reply::never()));
    let error = client.call(read_price()).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((error.attempts(), error.retry_after()), (2, None));
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_that_is_not_understood_is_a_back_off() {
    let transport = ScriptedTransport::new([
        Reply::status(503).with_header("retry-after", "soon"),
        Reply::json(200, &price()),
    ]);
    let begin = resilience::time::now();
    patient(&transport).call(read_price()).await.unwrap();
    assert!(begin.elapsed() <= Duration::from_millis(101));
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_of_no_time_is_a_back_off() {
    for header in ["0", "Sun, 06 Nov 1994 08:49:37 GMT"] {
        for status in [429, 503] {
            let reply = Reply::status(status).with_header("retry-after", header);
            let transport = ScriptedTransport::always(reply);
            let mut policy = without_breaker();
            policy.retry = policy.retry.with_jitter(Jitter::None);
            let client = builder(&transport).policy(policy).build().unwrap();
            let begin = resilience::time::now();
            let error = client.call(read_price()).await.unwrap_err();
            assert_eq!((error.attempts(), error.retry_after()), (4, Some(Duration::ZERO)));
            assert!(begin.elapsed() >= Duration::from_millis(100 + 200 + 400));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_counting_is_not_taken_for_none() {
    let header = "99999999999999999999999";
    let transport = ScriptedTransport::always(Reply::status(503).with_header("retry-after", header));
    let error = patient(&transport).call(read_price()).await.unwrap_err();
    assert_eq!(transport.requests().len(), 1);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(u64::MAX)));
}

#[tokio::test(start_paused = true)]
async fn additive_jitter_waits_100_200_400_ms_plus_up_to_half() {
    let delays = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&delays);
    let mut policy = without_breaker();
    policy.retry = RetryPolicy::default().with_jitter(Jitter::Additive(0.5));
    let transport = ScriptedTransport::always(Reply::status(503));
    let client = builder(&transport)
        .policy(policy)
        .on_event(move |event| {
            if let Event::Policy {
                event: resilience::event::Event::Retrying { delay, .. },
                ..
            } = event
            {
                heard.lock().unwrap().push(*delay);
            }
        })
        .build()
        .unwrap();
    client.call(read_price()).await.unwrap_err();
    let delays = delays.lock().unwrap();
    assert_eq!(delays.len(), 3);
    for (delay, step) in delays.iter().zip([100, 200, 400]) {
        let step = Duration::from_millis(step);
        assert!(*delay >= step && *delay <= step + step / 2, "{delay:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_spent_budget_stops_retries_and_is_told_beside_the_failure() {
    let mut policy: ClientPolicy = without_breaker();
    policy.budget = Some(BudgetPolicy::default().with_ratio(0.0).with_floor_per_second(1));
    let transport = ScriptedTransport::always(Reply::status(503));
    let client = builder(&transport).policy(policy).build().unwrap();
    let error = client.call(read_price()).await.unwrap_err();
    assert_eq!(error.attempts(), 2, "one retry a second is free");
    assert!(error.is_budget_exhausted() && error.is_api());
    assert_eq!(error.status(), Some(http::StatusCode::SERVICE_UNAVAILABLE));
}

#[tokio::test(start_paused = true)]
async fn no_failure_means_no_budget_error() {
    let transport = ScriptedTransport::always(Reply::status(404));
    assert!(
        !client(&transport)
            .call(read_price())
            .await
            .unwrap_err()
            .is_budget_exhausted()
    );
}

/// The wall clock does not stand still in a paused test, so a date is only about that far ahead.
fn http_date_in(ahead: Duration) -> String {
    let at: std::time::SystemTime = product_types::Timestamp::now().checked_add(ahead).unwrap().into();
    httpdate::fmt_http_date(at)
}
