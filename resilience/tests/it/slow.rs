//! Calls that succeed, but too slowly.

use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, OpenReason, State};
use resilience::time::{self, Instant};

use crate::peer::{breaker, ms};

const SLOW: Duration = Duration::from_millis(200);

fn half_slow() -> CircuitBreaker {
    breaker(
        BreakerPolicy::default()
            .with_minimum_calls(10)
            .with_slow_call_duration(SLOW)
            .with_slow_call_rate(0.5)
            .with_trials(1),
    )
}

fn succeed_after(breaker: &CircuitBreaker, took: Duration, now: Instant) {
    breaker.admit(now).unwrap().success(now + took);
}

#[test]
fn opens_when_half_of_the_calls_were_slow() {
    let (breaker, now) = (half_slow(), time::now());
    for _ in 0..5 {
        succeed_after(&breaker, SLOW - Duration::from_nanos(1), now);
    }
    for _ in 0..4 {
        succeed_after(&breaker, SLOW, now);
    }
    assert_eq!(breaker.state(), State::Closed, "nine calls are too few to judge");
    succeed_after(&breaker, SLOW, now);
    assert_eq!(breaker.state(), State::Open);
    let rejection = breaker.admit(now).unwrap_err();
    assert!(matches!(
        rejection.reason(),
        OpenReason::SlowCallRate {
            slow: 5,
            calls: 10,
            ..
        }
    ));
    assert_eq!(
        rejection.to_string(),
        "circuit breaker peer is open (5 of the last 10 calls were slow)"
    );
}

#[test]
fn a_call_that_fails_slowly_is_both() {
    let (breaker, now) = (half_slow(), time::now());
    for _ in 0..3 {
        breaker.admit(now).unwrap().failure(now + SLOW);
    }
    let seen = breaker.snapshot_at(now + SLOW);
    assert_eq!((seen.calls, seen.failures, seen.slow), (3, 3, 3));
    assert_eq!(seen.failures_in_row, 3);
}

#[test]
fn a_slow_success_ends_the_row_of_failures() {
    let (breaker, now) = (half_slow(), time::now());
    for _ in 0..4 {
        breaker.admit(now).unwrap().failure(now);
    }
    succeed_after(&breaker, SLOW, now);
    assert_eq!(breaker.snapshot_at(now).failures_in_row, 0);
    assert_eq!(breaker.snapshot_at(now).calls, 5);
}

#[test]
fn slow_calls_leave_the_window_like_others() {
    let (breaker, start) = (half_slow(), time::now());
    for _ in 0..9 {
        succeed_after(&breaker, SLOW, start);
    }
    succeed_after(&breaker, SLOW, start + Duration::from_secs(10));
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn how_long_ignored_and_dropped_calls_took_is_nothing() {
    let (breaker, now) = (half_slow(), time::now());
    for _ in 0..20 {
        breaker.admit(now).unwrap().ignore(now + 2 * SLOW);
        drop(breaker.admit(now).unwrap());
    }
    assert_eq!(
        (breaker.state(), breaker.snapshot_at(now).slow),
        (State::Closed, 0)
    );
}

#[test]
fn without_a_duration_no_call_is_slow() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    for _ in 0..100 {
        succeed_after(&breaker, Duration::from_secs(9), now);
    }
    assert_eq!(
        (breaker.state(), breaker.snapshot_at(now).slow),
        (State::Closed, 0)
    );
}

#[test]
fn a_slow_trial_opens_again() {
    let (breaker, start) = (half_slow(), time::now());
    for _ in 0..10 {
        succeed_after(&breaker, SLOW, start);
    }
    let now = start + SLOW + Duration::from_secs(30);
    succeed_after(&breaker, SLOW, now);
    assert_eq!((breaker.state(), breaker.openings()), (State::Open, 2));
    assert_eq!(breaker.admit(now).unwrap_err().reason(), OpenReason::TrialSlow);

    let later = now + SLOW + Duration::from_secs(30);
    succeed_after(&breaker, ms(199), later);
    assert_eq!(breaker.state(), State::Closed);
}
