use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, OpenReason, State};
use resilience::time::{self, Instant};

use crate::peer::breaker;

fn succeed(breaker: &CircuitBreaker, now: Instant) {
    breaker.admit(now).unwrap().success(now);
}

fn fail(breaker: &CircuitBreaker, now: Instant) {
    breaker.admit(now).unwrap().failure(now);
}

fn only_rate(rate: f64, minimum_calls: u32) -> CircuitBreaker {
    breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(None)
            .with_failure_rate(rate)
            .with_minimum_calls(minimum_calls),
    )
}

fn reason(breaker: &CircuitBreaker, now: Instant) -> OpenReason {
    breaker.admit(now).unwrap_err().reason()
}

#[test]
fn opens_at_the_fifth_failure_in_a_row() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    for _ in 0..4 {
        fail(&breaker, now);
    }
    assert_eq!(breaker.state(), State::Closed);
    fail(&breaker, now);
    assert_eq!(breaker.state(), State::Open);
    assert_eq!(breaker.openings(), 1);
    assert_eq!(reason(&breaker, now), OpenReason::ConsecutiveFailures(5));
}

#[test]
fn a_success_starts_the_count_of_failures_in_a_row_again() {
    let breaker = breaker(BreakerPolicy::default().with_failure_rate(None));
    let now = time::now();
    for _ in 0..1_000 {
        for _ in 0..4 {
            fail(&breaker, now);
        }
        succeed(&breaker, now);
    }
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn opens_when_half_of_twenty_calls_failed() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    for _ in 0..9 {
        succeed(&breaker, now);
        fail(&breaker, now);
    }
    succeed(&breaker, now);
    assert_eq!(breaker.state(), State::Closed, "19 calls are too few to judge");
    fail(&breaker, now);
    assert_eq!(breaker.state(), State::Open);
    assert!(matches!(
        reason(&breaker, now),
        OpenReason::FailureRate {
            failures: 10,
            calls: 20,
            ..
        }
    ));
}

#[test]
fn a_rate_below_the_limit_never_opens() {
    let (breaker, now) = (only_rate(0.5, 20), time::now());
    for _ in 0..10_000 {
        succeed(&breaker, now);
        succeed(&breaker, now);
        fail(&breaker, now);
    }
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn a_rate_that_binary_fractions_miss_is_met_exactly() {
    for tenths in 1..=10_u32 {
        let (breaker, now) = (only_rate(f64::from(tenths) / 10.0, 30), time::now());
        for _ in 0..30 - 3 * tenths {
            succeed(&breaker, now);
        }
        for _ in 0..3 * tenths {
            assert_eq!(breaker.state(), State::Closed);
            fail(&breaker, now);
        }
        assert_eq!(breaker.state(), State::Open, "{tenths} tenths");
    }
}

#[test]
fn calls_that_left_the_window_do_not_count() {
    let (breaker, start) = (only_rate(0.5, 20), time::now());
    for _ in 0..19 {
        fail(&breaker, start);
    }
    fail(&breaker, start + Duration::from_secs(10));
    assert_eq!(breaker.state(), State::Closed, "the nineteen are forgotten");
}

#[test]
fn the_window_forgets_a_tenth_at_a_time() {
    let (breaker, start) = (only_rate(1.0, 11), time::now());
    // One failure in each second: after ten, each new one pushes the oldest out, so never more than ten count.
    for second in 0..100 {
        fail(&breaker, start + Duration::from_millis(second * 1_000 + 500));
        assert_eq!(breaker.state(), State::Closed, "at second {second}");
    }
    fail(&breaker, start + Duration::from_millis(99_900));
    assert_eq!(
        breaker.state(),
        State::Open,
        "an eleventh in the same ten seconds"
    );
}

#[test]
fn a_million_successes_do_not_outweigh_what_comes_after_the_window() {
    let (breaker, start) = (only_rate(0.5, 100), time::now());
    for _ in 0..1_000_000 {
        succeed(&breaker, start);
    }
    let later = start + Duration::from_secs(10);
    for _ in 0..50 {
        succeed(&breaker, later);
    }
    for _ in 0..49 {
        fail(&breaker, later);
    }
    assert_eq!(breaker.state(), State::Closed);
    fail(&breaker, later);
    assert_eq!(breaker.state(), State::Open, "at failure number 50 of 100 calls");
}

#[test]
fn ignored_results_count_for_nothing() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    for _ in 0..4 {
        fail(&breaker, now);
        breaker.admit(now).unwrap().ignore(now);
    }
    assert_eq!(breaker.state(), State::Closed);
    fail(&breaker, now);
    assert_eq!(
        reason(&breaker, now),
        OpenReason::ConsecutiveFailures(5),
        "they did not break the row"
    );
}

#[test]
fn a_clock_read_a_little_too_early_is_no_harm() {
    let (breaker, start) = (only_rate(0.5, 3), time::now());
    let later = start + Duration::from_secs(60);
    fail(&breaker, later);
    fail(&breaker, start);
    fail(&breaker, later);
    assert_eq!(breaker.state(), State::Open, "it counts into the present slot");
}

#[test]
fn callers_on_many_threads_open_it_once() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Ok(permit) = breaker.admit(now) {
                    permit.failure(now);
                }
            });
        }
    });
    assert_eq!(breaker.openings(), 1);
    assert_eq!(breaker.state(), State::Open);
}
