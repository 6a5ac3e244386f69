//! Nothing is left behind: no permit, no slot, no timer, whatever point a call is dropped at.

use std::future::{Future, pending, ready};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};
use std::time::Duration;

use resilience::breaker::BreakerPolicy;
use resilience::budget::{BudgetPolicy, RetryBudget};
use resilience::bulkhead::BulkheadPolicy;
use resilience::classify::TransientErrors;
use resilience::hedge::{Hedge, HedgeLayer, HedgePolicy};
use resilience::rate_limit::RateLimitPolicy;
use resilience::retry::{Jitter, RetryLayer, RetryPolicy};
use resilience::{Attempt, Call, Deadline, Policy, Settings, fallback, time};
use tower::{Service, ServiceBuilder, ServiceExt};

use crate::peer::{Answer, Failure, Peer, by_status, ms};

fn every_part() -> Settings {
    Settings::default()
        .with_retry(
            RetryPolicy::default()
                .with_base_delay(ms(20))
                .with_jitter(Jitter::None),
        )
        .with_breaker(
            BreakerPolicy::default()
                .with_consecutive_failures(None)
                .with_failure_rate(1.0)
                .with_minimum_calls(u32::MAX),
        )
        .with_bulkhead(
            BulkheadPolicy::default()
                .with_max_concurrent(1)
                .with_max_waiting(1),
        )
        .with_rate_limit(
            RateLimitPolicy::default()
                .with_rate(20, Duration::from_secs(1))
                .with_burst(1),
        )
        .with_budget(BudgetPolicy::default().with_floor_per_second(1_000))
}

fn assert_nothing_left(policy: &Policy) {
    assert_eq!(policy.budget().unwrap().under_way(), 0);
    if let Some(bulkhead) = policy.bulkhead() {
        assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (0, 0));
    }
    let snapshot = policy.breaker().unwrap().snapshot();
    assert_eq!(snapshot.trials, 0);
}

/// Polls the call in steps of 5 ms of virtual time, and drops it after so many of them.
async fn dropped_after<T>(steps: u64, call: impl Future<Output = T>) -> bool {
    let mut call = pin!(call);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..steps {
        if call.as_mut().poll(&mut context).is_ready() {
            return true;
        }
        time::sleep(ms(5)).await;
    }
    false
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_at_any_moment_hands_everything_back() {
    for settings in [
        every_part(),
        every_part().with_hedge(HedgePolicy::after(ms(20)).with_max_hedges(2)),
    ] {
        let policy = Policy::from_settings("peer", &settings).unwrap();
        let stale = fallback::value((299, None));
        let mut completed = 0;
        for steps in 0..90 {
            // The first place is taken for a while, so that the call begins with a wait for it.
            let taken = policy.bulkhead().unwrap().try_acquire().unwrap();
            let release = tokio::spawn(async move {
                time::sleep(ms(12)).await;
                drop(taken);
            });
            let peer = Peer::answering([
                Answer::Slow(503, ms(30)),
                Answer::Slow(503, ms(30)),
                Answer::Slow(503, ms(30)),
                Answer::Slow(200, ms(30)),
            ]);
            let call = policy.run_or(Call::idempotent(), by_status, |attempt| peer.ask(attempt), &stale);
            completed += u32::from(dropped_after(steps, call).await);
            release.await.unwrap();
            assert_nothing_left(&policy);
        }
        assert!(
            completed > 0 && completed < 90,
            "{completed} of 90 came to their end"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_at_any_moment_hands_its_trials_back() {
    for steps in 0..30 {
        let settings = Settings::default()
            .with_hedge(HedgePolicy::after(ms(20)).with_max_hedges(2))
            .with_breaker(
                BreakerPolicy::default()
                    .with_consecutive_failures(1)
                    .with_trials(10),
            );
        let policy = Policy::from_settings("peer", &settings).unwrap();
        let breaker = policy.breaker().unwrap();
        breaker.admit(time::now()).unwrap().failure(time::now());
        time::sleep(Duration::from_secs(30)).await;
        let peer = Peer::answering([Answer::Later(429, ms(20)), Answer::Slow(200, ms(70))]);
        let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
        let completed = dropped_after(steps, call).await;
        let snapshot = breaker.snapshot();
        let left = (snapshot.trials, snapshot.successful_trials);
        assert_eq!(left, (completed.into(), completed.into()), "after {steps} steps");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_of_a_service_dropped_at_any_moment_hands_everything_back() {
    let policy = Policy::from_settings("peer", &every_part()).unwrap();
    let mut completed = 0;
    for steps in 0..90 {
        let peer = Peer::answering([Answer::Slow(503, ms(30)), Answer::Slow(200, ms(30))]);
        let mut service = ServiceBuilder::new()
            .layer(
                policy
                    .layer()
                    .with_classifier(by_status)
                    .with_call(|_: &u32| Call::idempotent())
                    .with_fallback(fallback::value((299, None))),
            )
            .concurrency_limit(1)
            .service_fn(move |_: u32| peer.answer());
        let call = service.ready().await.unwrap().call(7);
        completed += u32::from(dropped_after(steps, call).await);
        assert_nothing_left(&policy);
    }
    assert!(
        completed > 0 && completed < 90,
        "{completed} of 90 came to their end"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_of_a_single_layer_dropped_at_any_moment_ends_its_retries_and_hedges() {
    let budget = RetryBudget::new(BudgetPolicy::default().with_floor_per_second(1_000)).unwrap();
    let hedge = Hedge::new(HedgePolicy::after(ms(20)).with_max_hedges(2)).unwrap();
    let retry = RetryPolicy::default()
        .with_max_retries(1)
        .with_base_delay(ms(20))
        .with_jitter(Jitter::None);
    let mut completed = 0;
    for steps in 0..90 {
        let peer = Peer::answering([Answer::Slow(503, ms(50))]);
        let service = ServiceBuilder::new()
            .layer(
                RetryLayer::new(retry, by_status)
                    .unwrap()
                    .with_budget(budget.clone())
                    .with_call(|_: &u32| Call::idempotent()),
            )
            .layer(
                HedgeLayer::new(hedge.clone(), by_status)
                    .with_budget(budget.clone())
                    .with_call(|_: &u32| Call::idempotent()),
            )
            .service_fn(move |_: u32| peer.answer());
        completed += u32::from(dropped_after(steps, service.oneshot(7)).await);
        assert_eq!(budget.under_way(), 0);
    }
    assert!(
        completed > 0 && completed < 90,
        "{completed} of 90 came to their end"
    );
}

#[tokio::test(start_paused = true)]
async fn a_million_calls_leave_nothing() {
    let settings = every_part()
        .with_bulkhead(None)
        .with_rate_limit(None)
        .with_hedge(HedgePolicy::default());
    let policy = Policy::from_settings("peer", &settings).unwrap();
    let held = Arc::new(());
    for index in 0..1_000_000_u32 {
        let held = Arc::clone(&held);
        let operation = move |_: Attempt| {
            let held = Arc::clone(&held);
            ready(if index % 3 == 0 {
                Err(Failure::Reset)
            } else {
                Ok(held)
            })
        };
        let call = if index % 2 == 0 {
            Call::idempotent()
        } else {
            Call::not_idempotent()
        };
        let _ = policy.run(call, TransientErrors, operation).await;
    }
    assert_eq!(Arc::strong_count(&held), 1);
    assert_nothing_left(&policy);
    let metrics = tokio::runtime::Handle::current().metrics();
    assert_eq!(metrics.num_alive_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn calls_cut_off_by_their_deadlines_leave_nothing() {
    let policy =
        Policy::from_settings("peer", &every_part().with_bulkhead(None).with_rate_limit(None)).unwrap();
    let held = Arc::new(());
    for _ in 0..10_000 {
        let held = Arc::clone(&held);
        let operation = move |_: Attempt| {
            let held = Arc::clone(&held);
            async move {
                pending::<()>().await;
                Ok::<_, Failure>(held)
            }
        };
        let call = Call::idempotent().with_deadline(Deadline::after(ms(1)));
        policy.run(call, TransientErrors, operation).await.unwrap_err();
    }
    assert_eq!(Arc::strong_count(&held), 1);
    assert_nothing_left(&policy);
}
