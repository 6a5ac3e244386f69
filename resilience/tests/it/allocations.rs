use std::task::{Context, Poll, Waker};

use allocation_counter::measure;
use resilience::breaker::{BreakerPolicy, CircuitBreaker};
use resilience::classify::TransientErrors;
use resilience::{Call, Policy, time};

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

#[test]
fn a_call_that_succeeds_allocates_nothing() {
    let policy = Policy::builder()
        .breaker(breaker(BreakerPolicy::default()))
        .on_event(|_| {});
    assert_eq!(of_a_call(&built(policy), true), 0);
}

#[test]
fn events_that_nobody_hears_allocate_nothing() {
    let policy = built(Policy::builder().breaker(opened()));
    drop(policy.events().subscribe(8));
    assert_eq!(of_a_call(&policy, false), 0);
}

#[test]
fn the_counter_counts() {
    assert_eq!(
        measure(|| drop(Box::new(1))).count_total,
        1,
        "else the tests above show nothing"
    );
}
