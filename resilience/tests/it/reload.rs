//! A breaker that is given another policy while it works.

use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, State, WindowPolicy};
use resilience::time::{self, Instant};

use crate::peer::{breaker, ms};

fn fail(breaker: &CircuitBreaker, times: u32, now: Instant) {
    (0..times).for_each(|_| breaker.admit(now).unwrap().failure(now));
}

fn succeed(breaker: &CircuitBreaker, times: u32, now: Instant) {
    (0..times).for_each(|_| breaker.admit(now).unwrap().success(now));
}

#[test]
fn an_open_circuit_stays_open_as_long_as_it_was_to_be() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    fail(&breaker, 5, now);
    breaker
        .set_policy(BreakerPolicy::default().with_open_for(ms(1)))
        .unwrap();
    let rejection = breaker.admit(now + ms(29_000)).unwrap_err();
    assert_eq!(rejection.retry_after(), Some(ms(1_000)));
    let trial = breaker.admit(now + ms(30_000)).unwrap();
    trial.failure(now + ms(30_000));
    assert!(
        breaker.admit(now + ms(30_001)).is_ok(),
        "the next time it goes by the new one"
    );
}

#[test]
fn counts_are_kept_when_the_window_is_the_same() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    succeed(&breaker, 15, now);
    fail(&breaker, 4, now);
    breaker
        .set_policy(
            BreakerPolicy::default()
                .with_consecutive_failures(9)
                .with_failure_rate(0.25),
        )
        .unwrap();
    assert_eq!(breaker.snapshot().calls, 19);
    fail(&breaker, 1, now);
    assert_eq!(breaker.state(), State::Open, "5 of 20");
}

#[test]
fn a_window_by_calls_keeps_the_latest_that_fit() {
    let by_calls = |size| BreakerPolicy::default().with_window(WindowPolicy::Calls(size));
    let (breaker, now) = (breaker(by_calls(100)), time::now());
    for _ in 0..30 {
        succeed(&breaker, 2, now);
        fail(&breaker, 1, now);
    }
    breaker.set_policy(by_calls(30)).unwrap();
    let seen = breaker.snapshot_at(now);
    assert_eq!((seen.calls, seen.failures), (30, 10));
    breaker.set_policy(by_calls(1_000)).unwrap();
    succeed(&breaker, 5, now);
    let seen = breaker.snapshot_at(now);
    assert_eq!((seen.calls, seen.failures), (35, 10));
}

#[test]
fn a_window_of_another_kind_or_length_begins_empty() {
    let policies = [
        BreakerPolicy::default().with_window(Duration::from_secs(20)),
        BreakerPolicy::default().with_window(WindowPolicy::Calls(50)),
        BreakerPolicy::default(),
    ];
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    for policy in policies {
        succeed(&breaker, 12, now);
        fail(&breaker, 3, now);
        breaker.set_policy(policy).unwrap();
        let seen = breaker.snapshot_at(now);
        assert_eq!((seen.calls, seen.failures, seen.failures_in_row), (0, 0, 3));
        succeed(&breaker, 7, now);
        assert_eq!(breaker.snapshot_at(now).calls, 7);
    }
}

#[test]
fn calls_under_way_count_by_the_new_policy() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    let call = breaker.admit(now).unwrap();
    breaker
        .set_policy(BreakerPolicy::default().with_consecutive_failures(1))
        .unwrap();
    call.failure(now);
    assert_eq!(breaker.state(), State::Open);
}

#[test]
fn fewer_trials_than_have_succeeded_already_close_it() {
    let (breaker, start) = (breaker(BreakerPolicy::default()), time::now());
    fail(&breaker, 5, start);
    let now = start + ms(30_000);
    succeed(&breaker, 2, now);
    assert_eq!(breaker.state(), State::HalfOpen);
    breaker
        .set_policy(BreakerPolicy::default().with_trials(2))
        .unwrap();
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn a_policy_that_cannot_work_changes_nothing() {
    let breaker = breaker(BreakerPolicy::default());
    breaker
        .set_policy(BreakerPolicy::default().with_minimum_calls(0))
        .unwrap_err();
    assert_eq!(breaker.policy(), BreakerPolicy::default());
}

#[test]
fn what_somebody_has_taken_in_hand_stays_in_hand() {
    let breaker = breaker(BreakerPolicy::default());
    breaker.isolate();
    breaker
        .set_policy(BreakerPolicy::default().with_trials(1))
        .unwrap();
    assert_eq!(breaker.state(), State::Isolated);
    assert_eq!(breaker.policy().trials, 1);
}
