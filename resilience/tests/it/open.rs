use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, OpenReason, State};
use resilience::time::{self, Instant};

use crate::peer::breaker;

fn opened(now: Instant) -> CircuitBreaker {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(1));
    breaker.admit(now).unwrap().failure(now);
    assert_eq!(breaker.state(), State::Open);
    breaker
}

#[test]
fn a_rejection_tells_who_why_and_how_long() {
    let now = time::now();
    let rejection = opened(now).admit(now + Duration::from_secs(12)).unwrap_err();
    assert_eq!(rejection.name(), "peer");
    assert_eq!(rejection.state(), State::Open);
    assert_eq!(rejection.reason(), OpenReason::ConsecutiveFailures(1));
    assert_eq!(rejection.retry_after(), Some(Duration::from_secs(18)));
    assert_eq!(
        rejection.to_string(),
        "circuit breaker peer is open (1 failure in a row)"
    );
}

#[test]
fn rejects_until_the_wait_is_over_and_not_longer() {
    let now = time::now();
    let breaker = opened(now);
    let end = now + Duration::from_secs(30);
    assert!(breaker.admit(end - Duration::from_nanos(1)).is_err());
    assert!(breaker.admit(end).is_ok());
    assert_eq!(breaker.state(), State::HalfOpen);
}

#[test]
fn results_of_calls_admitted_before_it_opened_are_ignored() {
    let now = time::now();
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(1));
    let (first, late_success, late_failure) = (
        breaker.admit(now).unwrap(),
        breaker.admit(now).unwrap(),
        breaker.admit(now).unwrap(),
    );
    first.failure(now);
    late_success.success(now + Duration::from_secs(29));
    late_failure.failure(now + Duration::from_secs(29));
    assert_eq!(breaker.openings(), 1);
    assert!(
        breaker.admit(now + Duration::from_secs(30)).is_ok(),
        "neither closed nor opened for longer"
    );
}

#[test]
fn stays_open_when_it_may_stay_for_ever() {
    let now = time::now();
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(1)
            .with_open_for(Duration::MAX),
    );
    breaker.admit(now).unwrap().failure(now);
    assert!(
        breaker
            .admit(now + Duration::from_secs(60 * 60 * 24 * 365))
            .is_err()
    );
}

#[test]
fn clones_are_one_breaker() {
    let now = time::now();
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(1));
    let twin = breaker.clone();
    twin.admit(now).unwrap().failure(now);
    assert!(breaker.admit(now).is_err());
}
