use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, WindowPolicy};
use resilience::budget::{BudgetPolicy, RetryBudget};
use resilience::retry::{Jitter, RetryPolicy};
use resilience::timeout::TimeoutPolicy;
use resilience::{InvalidPolicy, Policy};

use crate::peer::ms;

fn keys(error: &InvalidPolicy) -> Vec<&'static str> {
    error.keys().collect()
}

#[test]
fn the_defaults_are_valid() {
    Policy::builder().build().unwrap();
    BreakerPolicy::default().validate().unwrap();
    RetryPolicy::default().validate().unwrap();
    RetryPolicy::never().validate().unwrap();
    BudgetPolicy::default().validate().unwrap();
    TimeoutPolicy::default().validate().unwrap();
}

#[test]
fn an_attempt_as_long_as_the_whole_call_is_refused() {
    for attempt in [ms(1_500), ms(2_000)] {
        let error = Policy::builder()
            .attempt_timeout(attempt)
            .overall_timeout(ms(1_500))
            .build()
            .unwrap_err();
        assert_eq!(keys(&error), ["attempt_timeout", "overall_timeout"]);
        assert!(
            error
                .to_string()
                .contains("must be shorter than overall_timeout (1.5s)"),
            "{error}"
        );
    }
    Policy::builder()
        .attempt_timeout(ms(1_499))
        .overall_timeout(ms(1_500))
        .build()
        .unwrap();
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let error = Policy::builder()
        .attempt_timeout(Duration::ZERO)
        .overall_timeout(Duration::ZERO)
        .retry(
            RetryPolicy::default()
                .with_factor(0.5)
                .with_base_delay(ms(3_000))
                .with_jitter(Jitter::Additive(-1.0)),
        )
        .build()
        .unwrap_err();
    let expected = [
        "attempt_timeout",
        "attempt_timeout",
        "overall_timeout",
        "retry.factor",
        "retry.base_delay",
        "retry.max_delay",
        "retry.jitter",
    ];
    assert_eq!(keys(&error), expected);
    assert_eq!(error.problems().count(), 5);
    assert!(
        error
            .to_string()
            .starts_with("invalid policy: attempt_timeout must be longer than zero; ")
    );
}

#[test]
fn a_breaker_that_cannot_work_is_not_made() {
    let default = BreakerPolicy::default;
    let cases = [
        (
            default().with_consecutive_failures(0),
            vec!["breaker.consecutive_failures"],
        ),
        (default().with_failure_rate(0.0), vec!["breaker.failure_rate"]),
        (default().with_failure_rate(1.01), vec!["breaker.failure_rate"]),
        (
            default().with_failure_rate(f64::NAN),
            vec!["breaker.failure_rate"],
        ),
        (
            default().with_consecutive_failures(None).with_failure_rate(None),
            vec![
                "breaker.consecutive_failures",
                "breaker.failure_rate",
                "breaker.slow_call_duration",
            ],
        ),
        (default().with_minimum_calls(0), vec!["breaker.minimum_calls"]),
        (
            default().with_window(Duration::from_micros(999)),
            vec!["breaker.window"],
        ),
        (
            default().with_slow_call_duration(Duration::ZERO),
            vec!["breaker.slow_call_duration"],
        ),
        (default().with_slow_call_rate(0.0), vec!["breaker.slow_call_rate"]),
        (
            default()
                .with_minimum_calls(1)
                .with_window(WindowPolicy::Calls(1_000_001)),
            vec!["breaker.window"],
        ),
        (
            default().with_window(WindowPolicy::Calls(19)),
            vec!["breaker.minimum_calls", "breaker.window"],
        ),
        (default().with_open_growth(0.9), vec!["breaker.open_growth"]),
        (
            default()
                .with_open_growth(2.0)
                .with_max_open_for(Duration::from_secs(29)),
            vec!["breaker.max_open_for", "breaker.open_for"],
        ),
        (default().with_open_for(Duration::ZERO), vec!["breaker.open_for"]),
        (default().with_trials(0), vec!["breaker.trials"]),
        (default().with_trials(65_536), vec!["breaker.trials"]),
        (
            default().with_half_open_max_wait(Duration::ZERO),
            vec!["breaker.half_open_max_wait"],
        ),
    ];
    for (policy, expected) in cases {
        let error = CircuitBreaker::new("peer", policy).unwrap_err();
        assert_eq!(keys(&error), expected, "{policy:?}");
    }
}

#[test]
fn a_budget_that_cannot_work_is_not_made() {
    for ratio in [-0.1, 1.1, f64::NAN] {
        let error = RetryBudget::new(BudgetPolicy::default().with_ratio(ratio)).unwrap_err();
        assert_eq!(keys(&error), ["budget.ratio"]);
    }
    let error = RetryBudget::new(BudgetPolicy::default().with_max_saved(0)).unwrap_err();
    assert_eq!(keys(&error), ["budget.max_saved"]);
}

#[test]
fn the_defaults_are_the_platforms() {
    let breaker = BreakerPolicy::default();
    assert_eq!(
        (breaker.consecutive_failures, breaker.failure_rate),
        (Some(5), Some(0.5))
    );
    assert_eq!(
        (breaker.minimum_calls, breaker.window),
        (20, WindowPolicy::Time(Duration::from_secs(10)))
    );
    assert_eq!((breaker.open_for, breaker.trials), (Duration::from_secs(30), 3));
    let retry = RetryPolicy::default();
    assert_eq!(
        (retry.max_retries, retry.base_delay, retry.factor),
        (3, ms(100), 2.0)
    );
    let timeouts = Policy::builder().build().unwrap().timeouts();
    assert_eq!(
        (timeouts.attempt, timeouts.overall),
        (Duration::from_secs(2), Duration::from_secs(5))
    );
}
