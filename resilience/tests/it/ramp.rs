//! After its trials have closed it, a breaker may let only a growing part of the calls pass for a while.

use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, State};
use resilience::time::{self, Instant};

use crate::peer::{breaker, ms};

const RAMP: Duration = Duration::from_secs(10);

/// A breaker that its trial has just closed, and when.
fn recovered() -> (CircuitBreaker, Instant) {
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(2)
            .with_trials(1)
            .with_ramp_for(RAMP),
    );
    let start = time::now();
    for _ in 0..2 {
        breaker.admit(start).unwrap().failure(start);
    }
    let now = start + Duration::from_secs(30);
    breaker.admit(now).unwrap().success(now);
    assert_eq!(breaker.state(), State::Recovering);
    (breaker, now)
}

/// How many of a hundred calls pass.
fn passing(breaker: &CircuitBreaker, now: Instant) -> usize {
    let pass = || breaker.admit(now).map(|permit| permit.success(now)).is_ok();
    (0..100).filter(|_| pass()).count()
}

#[test]
fn the_share_of_calls_that_pass_grows_in_a_straight_line() {
    let (breaker, start) = recovered();
    let shares = [0, 1_000, 2_500, 5_000, 9_000].map(|passed| passing(&breaker, start + ms(passed)));
    assert_eq!(
        shares,
        [10, 10, 25, 50, 90],
        "exactly, and never less than a tenth"
    );
    assert_eq!(breaker.state(), State::Recovering);
    assert_eq!(passing(&breaker, start + RAMP), 100);
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn the_first_call_passes_and_the_next_is_told_why_not() {
    let (breaker, now) = recovered();
    breaker.admit(now).unwrap().success(now);
    let rejection = breaker.admit(now).unwrap_err();
    assert_eq!(
        (rejection.state(), rejection.retry_after()),
        (State::Recovering, None)
    );
    assert_eq!(
        rejection.to_string(),
        "circuit breaker peer is recovering, and lets only some calls pass (2 failures in a row)"
    );
}

#[test]
fn the_calls_that_pass_are_spread_evenly() {
    let (breaker, start) = recovered();
    let half = start + RAMP / 2;
    let passed: Vec<_> = (0..6).map(|_| breaker.admit(half).is_ok()).collect();
    assert_eq!(passed, [true, false, true, false, true, false]);
}

#[test]
fn failures_while_recovering_open_it_again() {
    let (breaker, start) = recovered();
    let now = start + RAMP / 2;
    let failed = (0..10)
        .filter_map(|_| breaker.admit(now).ok())
        .map(|permit| permit.failure(now));
    assert_eq!(failed.count(), 2);
    assert_eq!((breaker.state(), breaker.openings()), (State::Open, 2));
}

#[test]
fn a_call_admitted_while_recovering_counts_when_it_ends_after() {
    let (breaker, start) = recovered();
    let pending = breaker.admit(start).unwrap();
    let later = start + RAMP;
    breaker.admit(later).unwrap().failure(later);
    pending.failure(later);
    assert_eq!(breaker.state(), State::Open);
}
