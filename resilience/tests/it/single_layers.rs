//! The layers one by one, and stacked by hand.

use std::future::{pending, ready};
use std::time::Duration;

use resilience::breaker::{BreakerLayer, BreakerPolicy, State};
use resilience::budget::{BudgetPolicy, RetryBudget};
use resilience::classify::{Lifted, TransientErrors};
use resilience::lift::LiftLayer;
use resilience::retry::{Jitter, RetryLayer, RetryPolicy};
use resilience::timeout::{Elapsed, TimeoutLayer};
use resilience::{Call, Deadline, Error, ErrorKind, time};
use tower::{BoxError, Service, ServiceBuilder, ServiceExt};

use crate::peer::{Answer, Failure, Peer, breaker, by_status, ms};

fn exact() -> RetryPolicy {
    RetryPolicy::default().with_jitter(Jitter::None)
}

fn idempotent(_: &u32) -> Call {
    Call::idempotent()
}

fn assert_error<S, E>(service: S) -> S
where
    S: Service<u32, Error = E>,
    E: SameAs<Error<Failure>>,
{
    service
}

trait SameAs<T> {}
impl<T> SameAs<T> for T {}

#[tokio::test(start_paused = true)]
async fn however_many_are_stacked_the_error_is_one() {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(2));
    let classify = Lifted(TransientErrors);
    let service = ServiceBuilder::new()
        .layer(RetryLayer::new(exact(), classify).unwrap().with_call(idempotent))
        .layer(TimeoutLayer::new(Duration::from_secs(1)))
        .layer(BreakerLayer::new(breaker.clone(), classify))
        .layer(TimeoutLayer::new(ms(100)))
        .layer(LiftLayer::new())
        .service_fn(|_: u32| pending::<Result<u32, Failure>>());
    let error = assert_error(service).oneshot(7).await.unwrap_err();
    // Two attempts timed out and opened the breaker, whose rejection is not retried.
    assert_eq!(breaker.state(), State::Open);
    assert_eq!(error.kind(), ErrorKind::CircuitOpen);
}

#[tokio::test(start_paused = true)]
async fn a_box_needs_no_lift() {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(1));
    let mut service = ServiceBuilder::new()
        .layer(BreakerLayer::new(breaker, TransientErrors))
        .layer(TimeoutLayer::new(ms(100)))
        .service_fn(|_: u32| pending::<Result<u32, BoxError>>());
    let error = service.ready().await.unwrap().call(7).await.unwrap_err();
    assert_eq!(error.downcast_ref::<Elapsed>().unwrap().limit(), Some(ms(100)));
    let error = service.ready().await.unwrap().call(7).await.unwrap_err();
    let found = Error::find(&*error).unwrap();
    assert_eq!(
        (found.kind, found.retry_after),
        (ErrorKind::CircuitOpen, Some(Duration::from_secs(30)))
    );
}

#[tokio::test(start_paused = true)]
async fn the_services_own_error_is_lifted_as_it_is() {
    let service = ServiceBuilder::new()
        .layer(LiftLayer::new())
        .service_fn(|_: u32| ready(Err::<u32, _>(Failure::Reset)));
    let error = service.oneshot(7).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.inner()),
        (ErrorKind::Inner, Some(&Failure::Reset))
    );
}

#[tokio::test(start_paused = true)]
async fn a_time_limit_cuts_off_what_hangs_and_nothing_else() {
    for (takes, limit, is_cut) in [(99, 100, false), (101, 100, true), (0, 0, false)] {
        let service = ServiceBuilder::new()
            .layer(TimeoutLayer::new(ms(limit)))
            .layer(LiftLayer::new())
            .service_fn(move |_: u32| async move {
                if takes > 0 {
                    time::sleep(ms(takes)).await;
                }
                Ok::<_, Failure>(7)
            });
        let start = time::now();
        assert_eq!(service.oneshot(7).await.is_err(), is_cut, "{takes} of {limit}");
        assert_eq!(time::now() - start, ms(takes.min(limit)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_layer_waits_and_tries_again() {
    let peer = Peer::answering([
        Answer::Status(503),
        Answer::Later(429, ms(700)),
        Answer::Status(200),
    ]);
    let asked = peer.clone();
    let service = ServiceBuilder::new()
        .layer(RetryLayer::new(exact(), by_status).unwrap().with_call(idempotent))
        .service_fn(move |_: u32| asked.answer());
    assert_eq!(service.oneshot(7).await.unwrap().0, 200);
    assert_eq!(peer.waits(), [ms(100), ms(700)]);
}

#[tokio::test(start_paused = true)]
async fn a_retry_layer_waits_on_when_a_peer_asks_for_longer_than_a_clock_can_tell() {
    let peer = Peer::answering([Answer::Later(503, Duration::MAX)]);
    let asked = peer.clone();
    let service = ServiceBuilder::new()
        .layer(RetryLayer::new(exact(), by_status).unwrap().with_call(idempotent))
        .service_fn(move |_: u32| asked.answer());
    let a_day = time::now() + Duration::from_secs(86_400);
    assert!(time::timeout_at(a_day, service.oneshot(7)).await.is_err());
    assert_eq!(peer.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_retry_layer_repeats_only_what_is_harmless() {
    for (failure, requests) in [(Failure::Reset, 1), (Failure::Refused, 4)] {
        let peer = Peer::answering([Answer::Fail(failure)]);
        let asked = peer.clone();
        let service = ServiceBuilder::new()
            .layer(RetryLayer::new(exact(), by_status).unwrap())
            .service_fn(move |_: u32| asked.answer());
        service.oneshot(7).await.unwrap_err();
        assert_eq!(peer.requests(), requests);
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_layer_keeps_the_budget_and_the_deadline() {
    let budget = RetryBudget::new(BudgetPolicy::default().with_floor_per_second(1)).unwrap();
    let peer = Peer::answering([Answer::Status(503)]);
    let asked = peer.clone();
    let service = ServiceBuilder::new()
        .layer(
            RetryLayer::new(exact(), by_status)
                .unwrap()
                .with_budget(budget.clone())
                .with_call(|_: &u32| Call::idempotent().with_deadline(Deadline::after(ms(50)))),
        )
        .service_fn(move |_: u32| asked.answer());
    // The first wait of 100 ms would reach the deadline, so nothing is withdrawn.
    service.clone().oneshot(7).await.unwrap();
    assert_eq!((peer.requests(), budget.balance()), (1, 1));

    let patient = peer.clone();
    let service = ServiceBuilder::new()
        .layer(
            RetryLayer::new(exact(), by_status)
                .unwrap()
                .with_budget(budget.clone())
                .with_call(idempotent),
        )
        .service_fn(move |_: u32| patient.answer());
    service.oneshot(7).await.unwrap();
    assert_eq!(peer.requests(), 3, "one retry is paid for");
    assert_eq!(budget.under_way(), 0);
}
