//! The whole policy as a tower layer.

use std::future::pending;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use resilience::breaker::{BreakerPolicy, State};
use resilience::classify::TransientErrors;
use resilience::retry::{Jitter, RetryPolicy};
use resilience::{Attempt, Call, Deadline, Error, ErrorKind, Policy, fallback, time};
use tower::{BoxError, Service, ServiceBuilder, ServiceExt};

use crate::peer::{Answer, Failure, Peer, breaker, built, by_status, ms};

fn exact() -> Policy {
    built(Policy::builder().retry(RetryPolicy::default().with_jitter(Jitter::None)))
}

fn idempotent(_: &u32) -> Call {
    Call::idempotent()
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_passes_is_hidden() {
    let peer = Peer::answering([
        Answer::Status(503),
        Answer::Fail(Failure::Reset),
        Answer::Status(200),
    ]);
    let asked = peer.clone();
    let mut service = ServiceBuilder::new()
        .layer(exact().layer().with_classifier(by_status).with_call(idempotent))
        .service_fn(move |_: u32| asked.answer());
    let answer = service.ready().await.unwrap().call(7).await.unwrap();
    assert_eq!(answer.0, 200);
    assert_eq!(peer.waits(), [ms(100), ms(200)]);
}

#[tokio::test(start_paused = true)]
async fn by_default_nothing_is_sent_twice() {
    let peer = Peer::answering([Answer::Fail(Failure::Reset)]);
    let asked = peer.clone();
    let service = ServiceBuilder::new()
        .layer(exact().layer())
        .service_fn(move |_: u32| asked.answer());
    let error = service.oneshot(7).await.unwrap_err();
    assert_eq!((error.kind(), peer.requests()), (ErrorKind::Inner, 1));
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_a_request_of_its_own_made_when_it_begins() {
    // Not `Clone`, as a request with a body would be.
    struct Read;
    let made = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&made);
    let prepare = move |_: &Read, attempt: Attempt| {
        let left = attempt.deadline.remaining_millis(time::now());
        noted.lock().unwrap().push((attempt.number, left));
        attempt.number
    };
    let policy = built(
        Policy::builder()
            .attempt_timeout(ms(600))
            .overall_timeout(ms(1_000))
            .retry(RetryPolicy::default().with_jitter(Jitter::None)),
    );
    let service = ServiceBuilder::new()
        .layer(
            policy
                .layer()
                .with_call(|_: &Read| Call::idempotent())
                .with_request(prepare),
        )
        .service_fn(|number: u32| async move {
            if number < 2 {
                pending::<()>().await;
            }
            Ok::<_, Failure>(number)
        });
    assert_eq!(service.oneshot(Read).await.unwrap(), 2);
    assert_eq!(*made.lock().unwrap(), [(1, 600), (2, 300)]);
}

#[tokio::test(start_paused = true)]
async fn the_inner_service_is_called_only_when_it_is_ready() {
    let peer = Peer::answering([Answer::Status(503), Answer::Status(200)]);
    let asked = peer.clone();
    // A limit of one call at once panics when it is called without having been ready.
    let mut service = ServiceBuilder::new()
        .layer(exact().layer().with_classifier(by_status).with_call(idempotent))
        .concurrency_limit(1)
        .service_fn(move |_: u32| asked.answer());
    for _ in 0..2 {
        let answer = service.ready().await.unwrap().call(7).await.unwrap();
        assert_eq!(answer.0, 200);
    }
    assert_eq!(peer.requests(), 3);
}

#[tokio::test(start_paused = true)]
async fn it_composes_with_towers_own_layers() {
    let policy = exact();
    let service = ServiceBuilder::new()
        .timeout(Duration::from_secs(60))
        .concurrency_limit(64)
        .layer(policy.layer().with_call(idempotent))
        .concurrency_limit(8)
        .service_fn(|id: u32| async move { Ok::<_, Failure>(id * 2) });
    let answer: Result<u32, BoxError> = service.oneshot(21).await;
    assert_eq!(answer.unwrap(), 42);
}

#[tokio::test(start_paused = true)]
async fn three_hanging_calls_open_the_breaker_and_the_fourth_is_never_sent() {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(3));
    let policy = built(
        Policy::builder()
            .attempt_timeout(ms(100))
            .breaker(breaker.clone()),
    );
    let sent = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&sent);
    let mut service = ServiceBuilder::new()
        .layer(policy.layer())
        .service_fn(move |_: u32| {
            counted.fetch_add(1, Ordering::Relaxed);
            pending::<Result<u32, Failure>>()
        });
    for _ in 0..3 {
        let error = service.ready().await.unwrap().call(7).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AttemptTimedOut);
    }
    assert_eq!(breaker.state(), State::Open);
    let error: Error<Failure> = service.ready().await.unwrap().call(7).await.unwrap_err();
    assert!(error.is_circuit_open() && error.is_rejected());
    assert_eq!((error.attempts(), sent.load(Ordering::Relaxed)), (0, 3));
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_a_request_holds() {
    let service = ServiceBuilder::new()
        .layer(
            exact()
                .layer()
                .with_call(|_: &u32| Call::idempotent().with_deadline(Deadline::after(ms(70)))),
        )
        .service_fn(|_: u32| pending::<Result<u32, Failure>>());
    let start = time::now();
    let error = service.oneshot(7).await.unwrap_err();
    assert!(error.is_deadline_exceeded());
    assert_eq!(time::now() - start, ms(70));
}

#[tokio::test(start_paused = true)]
async fn a_fallback_is_marked_in_the_response() {
    let service = ServiceBuilder::new()
        .layer(
            exact()
                .layer()
                .with_classifier(TransientErrors)
                .with_fallback(fallback::from_fn(
                    |id: &u32, failure: Result<&u32, &Error<Failure>>| failure.is_err().then_some(*id),
                )),
        )
        .service_fn(|id: u32| async move { if id == 1 { Ok(100) } else { Err(Failure::Reset) } });
    let live = service.clone().oneshot(1).await.unwrap();
    assert_eq!((live.value, live.is_fallback), (100, false));
    let stale = service.oneshot(2).await.unwrap();
    assert_eq!((stale.value, stale.is_fallback, stale.attempts), (2, true, 1));
}

#[tokio::test(start_paused = true)]
async fn an_inner_service_that_never_gets_ready_is_told_as_its_own_error() {
    #[derive(Clone)]
    struct Broken;
    impl Service<u32> for Broken {
        type Response = u32;
        type Error = Failure;
        type Future = std::future::Ready<Result<u32, Failure>>;
        fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Failure>> {
            std::task::Poll::Ready(Err(Failure::Refused))
        }
        fn call(&mut self, _: u32) -> Self::Future {
            unreachable!("never ready")
        }
    }
    let service = ServiceBuilder::new().layer(exact().layer()).service(Broken);
    let error = service.oneshot(7).await.unwrap_err();
    assert_eq!((error.inner(), error.attempts()), (Some(&Failure::Refused), 0));
}

fn assert_send<T: Send>(_: &T) {}

#[tokio::test(start_paused = true)]
async fn calls_can_be_sent_to_another_thread() {
    let mut service = ServiceBuilder::new()
        .layer(exact().layer())
        .service_fn(|id: u32| async move { Ok::<_, Failure>(id) });
    let call = service.ready().await.unwrap().call(7);
    assert_send(&call);
    let policy = exact();
    let run = policy.run(Call::idempotent(), TransientErrors, |_| async {
        Ok::<_, Failure>(7)
    });
    assert_send(&run);
    assert_eq!((call.await.unwrap(), run.await.unwrap().value), (7, 7));
}
