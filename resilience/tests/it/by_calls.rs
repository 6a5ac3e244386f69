//! The window that holds the last so many calls.

use resilience::breaker::{BreakerPolicy, CircuitBreaker, OpenReason, State, WindowPolicy};
use resilience::time::{self, Instant};

use crate::peer::breaker;

fn last(calls: u32) -> CircuitBreaker {
    breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(None)
            .with_window(WindowPolicy::Calls(calls))
            .with_minimum_calls(calls),
    )
}

fn succeed(breaker: &CircuitBreaker, times: u32, now: Instant) {
    (0..times).for_each(|_| breaker.admit(now).unwrap().success(now));
}

fn fail(breaker: &CircuitBreaker, times: u32, now: Instant) {
    (0..times).for_each(|_| breaker.admit(now).unwrap().failure(now));
}

#[test]
fn after_a_million_successes_the_fiftieth_failure_of_a_hundred_opens() {
    let (breaker, now) = (last(100), time::now());
    succeed(&breaker, 1_000_000, now);
    fail(&breaker, 49, now);
    assert_eq!(breaker.state(), State::Closed);
    fail(&breaker, 1, now);
    assert!(matches!(
        breaker.admit(now).unwrap_err().reason(),
        OpenReason::FailureRate {
            failures: 50,
            calls: 100,
            ..
        }
    ));
}

#[test]
fn a_failure_leaves_when_as_many_calls_have_followed() {
    let (breaker, now) = (last(4), time::now());
    fail(&breaker, 1, now);
    succeed(&breaker, 3, now);
    assert_eq!(breaker.snapshot_at(now).failures, 1);
    succeed(&breaker, 1, now);
    let seen = breaker.snapshot_at(now);
    assert_eq!((seen.calls, seen.failures), (4, 0));
}

#[test]
fn time_makes_it_forget_nothing() {
    let (breaker, start) = (last(2), time::now());
    succeed(&breaker, 1, start);
    fail(&breaker, 1, start + std::time::Duration::from_secs(86_400));
    assert_eq!(breaker.state(), State::Open);
}

#[test]
fn it_is_empty_after_the_circuit_has_closed_again() {
    let (breaker, start) = (last(10), time::now());
    fail(&breaker, 10, start);
    let now = start + std::time::Duration::from_secs(30);
    succeed(&breaker, 3, now);
    assert_eq!(
        (breaker.state(), breaker.snapshot_at(now).calls),
        (State::Closed, 0)
    );
    fail(&breaker, 9, now);
    assert_eq!(breaker.state(), State::Closed);
}
