use std::future::{Future, pending, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use allocation_counter::measure;
use resilience::adaptive::{AdaptiveLayer, AdaptiveLimit, AdaptivePolicy};
use resilience::breaker::{BreakerLayer, BreakerPolicy, CircuitBreaker, Open, WindowPolicy};
use resilience::bulkhead::{Bulkhead, BulkheadLayer, BulkheadPolicy, Full};
use resilience::classify::TransientErrors;
use resilience::hedge::HedgePolicy;
use resilience::rate_limit::{Limited, RateLimit, RateLimitLayer, RateLimitPolicy};
use resilience::{Call, Deadline, Policy, Settings, time};
use tower::{Layer, Service, service_fn};

use crate::peer::{Failure, breaker, built};

fn opened() -> CircuitBreaker {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(1));
    breaker.admit(time::now()).unwrap().failure(time::now());
    breaker
}

/// The allocations of one call of an operation that is ready at once, after a first call.
fn of_a_call(policy: &Policy, succeeds: bool) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let call = || async {
        let operation = |_| std::future::ready(Ok::<_, Failure>(()));
        policy
            .run(Call::idempotent(), TransientErrors, operation)
            .await
            .is_ok()
    };
    runtime.block_on(async {
        call().await;
        let mut call = std::pin::pin!(call());
        let mut context = Context::from_waker(Waker::noop());
        measure(|| assert_eq!(call.as_mut().poll(&mut context), Poll::Ready(succeeds))).count_total
    })
}

#[test]
fn a_rejection_allocates_nothing() {
    let (breaker, now) = (opened(), time::now());
    assert_eq!(measure(|| drop(breaker.admit(now).unwrap_err())).count_total, 0);
    assert_eq!(
        of_a_call(&built(Policy::builder().breaker(breaker).on_event(|_| {})), false),
        0
    );
}

/// The allocations of one call through a layer, after a first one.
fn of_a_layered_call(breaker: CircuitBreaker, answer: Result<(), BoxFree>) -> u64 {
    let inner = service_fn(move |()| ready(answer));
    let mut service = BreakerLayer::new(breaker, TransientErrors).layer(inner);
    let mut call = || {
        let mut context = Context::from_waker(Waker::noop());
        assert!(service.poll_ready(&mut context).is_ready());
        let call = pin!(service.call(()));
        assert!(call.poll(&mut context).is_ready());
    };
    call();
    measure(call).count_total
}

/// An error that is made without allocation.
#[derive(Debug, Clone, Copy)]
struct BoxFree;

impl From<Open> for BoxFree {
    fn from(_: Open) -> Self {
        Self
    }
}

impl From<Full> for BoxFree {
    fn from(_: Full) -> Self {
        Self
    }
}

impl From<Limited> for BoxFree {
    fn from(_: Limited) -> Self {
        Self
    }
}

#[test]
fn no_call_through_a_layer_allocates() {
    let slow = BreakerPolicy::default().with_slow_call_duration(Duration::from_secs(1));
    let by_calls = BreakerPolicy::default().with_window(WindowPolicy::Calls(100));
    for policy in [BreakerPolicy::default(), slow, by_calls] {
        assert_eq!(of_a_layered_call(breaker(policy), Ok(())), 0, "{policy:?}");
        assert_eq!(of_a_layered_call(breaker(policy), Err(BoxFree)), 0, "{policy:?}");
    }
    assert_eq!(of_a_layered_call(opened(), Ok(())), 0);
}

#[test]
fn a_million_calls_of_every_ending_leave_nothing_behind() {
    let (breaker, now) = (breaker(BreakerPolicy::default().with_trials(1)), time::now());
    breaker.metrics_only();
    let after = measure(|| {
        for _ in 0..250_000 {
            breaker.admit(now).unwrap().success(now);
            breaker.admit(now).unwrap().failure(now);
            breaker.admit(now).unwrap().ignore(now);
            drop(breaker.admit(now).unwrap());
        }
    });
    assert_eq!((after.count_total, after.bytes_current), (0, 0));
    let seen = breaker.snapshot_at(now);
    assert_eq!((seen.calls, seen.failures), (500_000, 250_000));
}

#[test]
fn a_breaker_takes_over_what_the_one_before_it_left() {
    drop(breaker(BreakerPolicy::default()));
    // Others of the tests may take it instead, so the least of several counts.
    let least = (0..100).map(|_| measure(|| drop(breaker(BreakerPolicy::default()))).count_max);
    assert!(
        least.min().unwrap() <= 3,
        "the name, the handle, and a circuit that was there"
    );
}

#[test]
fn a_call_that_succeeds_allocates_nothing() {
    let policy = Policy::builder()
        .breaker(breaker(BreakerPolicy::default()))
        .on_event(|_| {});
    assert_eq!(of_a_call(&built(policy), true), 0);
}

#[test]
fn events_that_nobody_hears_allocate_nothing() {
    let open = built(Policy::builder().breaker(opened()));
    drop(open.events().subscribe(8));
    assert_eq!(of_a_call(&open, false), 0, "rejected");
    let closed = built(Policy::builder().breaker(breaker(BreakerPolicy::default())));
    assert_eq!(of_a_call(&closed, true), 0, "ready at once");
}

/// Of one call through the layer of a whole policy, outside any runtime.
fn of_a_call_through_a_policy(policy: &Policy) -> u64 {
    let mut service = policy
        .layer()
        .layer(service_fn(|id: u64| ready(Ok::<_, Failure>(id))));
    let mut call = || {
        let mut context = Context::from_waker(Waker::noop());
        assert!(service.poll_ready(&mut context).is_ready());
        let call = pin!(service.call(7));
        assert!(call.poll(&mut context).is_ready());
    };
    call();
    measure(call).count_total
}

#[test]
fn a_policy_as_a_layer_allocates_nothing_for_an_answer_that_is_there_and_needs_no_timer() {
    let default = Settings::default();
    let everything = default
        .with_hedge(HedgePolicy::default())
        .with_bulkhead(BulkheadPolicy::default())
        .with_rate_limit(RateLimitPolicy::default());
    for settings in [default, everything] {
        let policy = Policy::from_settings("peer", &settings).unwrap();
        assert_eq!(of_a_call_through_a_policy(&policy), 0);
        policy.breaker().unwrap().isolate();
        assert_eq!(of_a_call_through_a_policy(&policy), 0);
    }
}

#[test]
fn no_rejection_of_a_policy_allocates() {
    let full = BulkheadPolicy::default().with_max_concurrent(1);
    let spent = RateLimitPolicy::default()
        .with_rate(1, Duration::from_secs(3_600))
        .with_burst(1);
    let full = Policy::from_settings("full", &Settings::default().with_bulkhead(full)).unwrap();
    let _slot = full.bulkhead().unwrap().try_acquire().unwrap();
    // The call before the one that is measured takes the only turn.
    let spent = Policy::from_settings("spent", &Settings::default().with_rate_limit(spent)).unwrap();
    for policy in [full, spent] {
        assert_eq!(of_a_call_through_a_policy(&policy), 0);
    }
}

#[test]
fn a_deadline_that_has_passed_rejects_without_allocating() {
    let policy = Policy::from_settings("peer", &Settings::default()).unwrap();
    let call = Call::idempotent().with_deadline(Deadline::after(Duration::ZERO));
    let run = || policy.run(call, TransientErrors, |_| ready(Ok::<_, Failure>(())));
    let mut context = Context::from_waker(Waker::noop());
    assert!(pin!(run()).poll(&mut context).is_ready());
    let rejected = measure(|| assert!(pin!(run()).poll(&mut context).is_ready()));
    assert_eq!(rejected.count_total, 0);
}

#[test]
fn no_rejection_of_a_single_layer_allocates() {
    let inner = || service_fn(|()| ready(Ok::<_, BoxFree>(())));
    let full = BulkheadPolicy::default().with_max_concurrent(1);
    let full = Bulkhead::new("full", full).unwrap();
    let _slot = full.try_acquire().unwrap();
    let adaptive = AdaptivePolicy::default().with_initial_limit(1);
    let adaptive = AdaptiveLimit::new("full", adaptive).unwrap();
    let _other = adaptive.try_acquire(time::now()).unwrap();
    let spent = RateLimitPolicy::default()
        .with_rate(1, Duration::from_secs(3_600))
        .with_burst(1)
        .with_max_wait(Duration::ZERO);
    let spent = RateLimit::new("spent", spent).unwrap();
    spent
        .reserve(time::now(), Deadline::after(Duration::from_secs(1)))
        .unwrap();

    assert_eq!(of_a_rejection(BulkheadLayer::new(full).layer(inner())), 0);
    assert_eq!(
        of_a_rejection(AdaptiveLayer::new(adaptive, TransientErrors).layer(inner())),
        0
    );
    assert_eq!(of_a_rejection(RateLimitLayer::new(spent).layer(inner())), 0);
}

/// The allocations of one call that is rejected, after a first one.
fn of_a_rejection(mut service: impl Service<(), Response = (), Error = BoxFree>) -> u64 {
    let mut call = || {
        let mut context = Context::from_waker(Waker::noop());
        assert!(service.poll_ready(&mut context).is_ready());
        let call = pin!(service.call(()));
        assert!(matches!(call.poll(&mut context), Poll::Ready(Err(BoxFree))));
    };
    call();
    measure(call).count_total
}

#[test]
fn no_rejection_by_a_full_queue_allocates() {
    let bulkhead = BulkheadPolicy::default()
        .with_max_concurrent(1)
        .with_max_waiting(1);
    let adaptive = AdaptivePolicy::default()
        .with_min_limit(1)
        .with_initial_limit(1)
        .with_max_waiting(1);
    let default = Settings::default();
    for settings in [default.with_bulkhead(bulkhead), default.with_adaptive(adaptive)] {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let policy = Policy::from_settings("peer", &settings).unwrap();
        let hang = || {
            policy.run(Call::idempotent(), TransientErrors, |_| {
                pending::<Result<(), Failure>>()
            })
        };
        let (mut running, mut waiting) = (pin!(hang()), pin!(hang()));
        let _in_runtime = runtime.enter();
        let mut context = Context::from_waker(Waker::noop());
        assert!(running.as_mut().poll(&mut context).is_pending());
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        assert_eq!(of_a_call_through_a_policy(&policy), 0);
    }
}

#[test]
fn the_counter_counts() {
    assert_eq!(
        measure(|| drop(Box::new(1))).count_total,
        1,
        "else the tests above show nothing"
    );
}
