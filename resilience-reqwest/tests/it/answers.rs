use std::time::Duration;

use resilience::Deadline;
use resilience::breaker::{BreakerPolicy, CircuitBreaker, State};
use resilience::classify::Classification;

use crate::script::{Server, URL, answer, asking_for, middleware, policy};
use resilience_reqwest::ResilienceMiddleware;

#[tokio::test(start_paused = true)]
async fn the_last_answer_is_the_servers_own_when_the_retries_are_spent() {
    let server = Server::answering([503; 4]);
    let response = server.client(middleware()).get(URL).send().await.unwrap();

    assert_eq!(response.status(), 503);
    assert_eq!(response.text().await.unwrap(), "as it came");
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn the_waits_are_those_of_the_policy() {
    let server = Server::answering([502, 503, 504, 200]);
    server.client(middleware()).get(URL).send().await.unwrap();

    let at: Vec<_> = server.seen().iter().map(|seen| seen.at).collect();
    let waits: Vec<_> = at
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).as_millis())
        .collect();
    assert_eq!(waits, [100, 200, 400]);
}

#[tokio::test(start_paused = true)]
async fn a_status_that_would_come_again_is_not_asked_for_again() {
    for status in [200, 304, 400, 404, 408, 409, 412, 500, 501] {
        let server = Server::answering([status]);
        let response = server.client(middleware()).get(URL).send().await.unwrap();
        assert_eq!(response.status(), status);
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_is_kept() {
    for status in [429, 503] {
        let server = Server::new([asking_for(status, "2"), answer(200)]);
        server.client(middleware()).get(URL).send().await.unwrap();

        let seen = server.seen();
        assert!(seen[1].at - seen[0].at >= Duration::from_secs(2), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_the_deadline_ends_the_call_at_once_with_the_answer_that_tells_it() {
    let server = Server::new([asking_for(429, "2")]);
    let begin = resilience::time::now();
    let get = server.client(middleware()).get(URL);
    let response = get
        .with_extension(Deadline::after(Duration::from_secs(1)))
        .send()
        .await
        .unwrap();

    assert_eq!(resilience::time::now(), begin);
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["retry-after"], "2");
}

#[tokio::test(start_paused = true)]
async fn failures_open_the_circuit_and_throttling_does_not() {
    let breaker =
        CircuitBreaker::new("catalogue", BreakerPolicy::default().with_consecutive_failures(2)).unwrap();
    let policy = policy().breaker(breaker.clone()).build().unwrap();
    let server = Server::answering([429, 429, 429, 429, 500, 500]);
    let client = server.client(ResilienceMiddleware::new(policy));

    client.get(URL).send().await.unwrap();
    assert_eq!(breaker.state(), State::Closed);
    for _ in 0..2 {
        client.get(URL).send().await.unwrap();
    }
    assert_eq!(breaker.state(), State::Open);
}

#[tokio::test(start_paused = true)]
async fn a_classifier_of_ones_own_takes_the_place_of_the_statuses() {
    let server = Server::answering([404, 200]);
    let eventually = |result: Result<&reqwest::Response, &reqwest_middleware::Error>| match result {
        Ok(response) if response.status() == 404 => Classification::TRANSIENT,
        _ => Classification::SUCCESS,
    };
    let client = server.client(middleware().with_classifier(eventually));

    assert_eq!(client.get(URL).send().await.unwrap().status(), 200);
}

#[tokio::test(start_paused = true)]
async fn each_authority_can_have_a_policy_of_its_own() {
    let patient = policy().build().unwrap();
    let hasty = policy()
        .retry(resilience::retry::RetryPolicy::never())
        .build()
        .unwrap();
    let choose = ResilienceMiddleware::choose(move |request| match request.url().host_str() {
        Some("hasty.test") => hasty.clone(),
        _ => patient.clone(),
    });
    let server = Server::answering([503, 503, 200]);
    let client = server.client(choose);

    assert_eq!(
        client.get("http://hasty.test/").send().await.unwrap().status(),
        503
    );
    assert_eq!(
        client.get("http://patient.test/").send().await.unwrap().status(),
        200
    );
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_no_clock_can_tell_ends_the_call_at_once() {
    for seconds in ["99999999999999999999", "18446744073709551615"] {
        let server = Server::new([asking_for(503, seconds)]);
        let response = server.client(middleware()).get(URL).send().await.unwrap();
        assert_eq!(response.headers()["retry-after"], seconds);
    }
}
