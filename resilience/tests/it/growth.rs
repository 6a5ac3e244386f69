//! How long a breaker stays open when its trials fail again and again.

use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker};
use resilience::time::{self, Instant};

use crate::peer::breaker;

fn growing() -> BreakerPolicy {
    BreakerPolicy::default()
        .with_consecutive_failures(1)
        .with_trials(1)
        .with_open_growth(2.0)
        .with_max_open_for(Duration::from_secs(300))
}

/// Fails at `now`, and tells for how long it is open then.
fn fail(breaker: &CircuitBreaker, now: Instant) -> Duration {
    breaker.admit(now).unwrap().failure(now);
    breaker.admit(now).unwrap_err().retry_after().unwrap()
}

fn waits<const N: usize>(breaker: &CircuitBreaker, now: &mut Instant) -> [u64; N] {
    std::array::from_fn(|_| {
        let wait = fail(breaker, *now);
        *now += wait;
        wait.as_secs()
    })
}

#[test]
fn each_failed_trial_doubles_it_up_to_the_longest() {
    let (breaker, mut now) = (breaker(growing()), time::now());
    assert_eq!(waits(&breaker, &mut now), [30, 60, 120, 240, 300, 300]);
}

#[test]
fn once_closed_it_begins_anew() {
    let (breaker, mut now) = (breaker(growing()), time::now());
    assert_eq!(waits(&breaker, &mut now), [30, 60, 120]);
    breaker.admit(now).unwrap().success(now);
    assert_eq!(waits(&breaker, &mut now), [30, 60]);
    breaker.close();
    assert_eq!(waits(&breaker, &mut now), [30, 60]);
}

#[test]
fn without_growth_it_is_always_as_long() {
    let policy = growing().with_open_growth(1.0).with_max_open_for(Duration::ZERO);
    let (breaker, mut now) = (breaker(policy), time::now());
    assert_eq!(waits(&breaker, &mut now), [30, 30, 30]);
}

#[test]
fn it_never_grows_beyond_what_a_duration_holds() {
    let policy = growing()
        .with_open_for(Duration::from_secs(1))
        .with_open_growth(10.0)
        .with_max_open_for(Duration::from_secs(1_000_000));
    let (breaker, mut now) = (breaker(policy), time::now());
    let long: [u64; 400] = waits(&breaker, &mut now);
    assert_eq!(long[5..8], [100_000, 1_000_000, 1_000_000]);
    assert_eq!(long[399], 1_000_000);
}
