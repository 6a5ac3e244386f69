use std::time::Duration;

use super::{BreakerPolicy, WindowPolicy};
use crate::invalid::{InvalidPolicy, Problems};

/// Ten steps of a tenth of a timer's tick.
const SHORTEST_WINDOW: Duration = Duration::from_millis(1);
/// Two megabytes of results.
const MOST_CALLS: u32 = 1_000_000;

pub(super) fn validate(policy: &BreakerPolicy) -> Result<(), InvalidPolicy> {
    let mut problems = Problems::new();
    what_opens(policy, &mut problems);
    the_window(policy, &mut problems);
    what_closes(policy, &mut problems);
    problems.into_result()
}

fn what_opens(policy: &BreakerPolicy, problems: &mut Problems) {
    let is_rate = |rate: f64| rate > 0.0 && rate <= 1.0;
    problems.require(
        policy.consecutive_failures != Some(0),
        &["breaker.consecutive_failures"],
        "breaker.consecutive_failures must be at least 1",
    );
    problems.require(
        policy.failure_rate.is_none_or(is_rate),
        &["breaker.failure_rate"],
        "breaker.failure_rate must be above 0 and at most 1",
    );
    problems.require(
        policy.slow_call_duration != Some(Duration::ZERO),
        &["breaker.slow_call_duration"],
        "breaker.slow_call_duration must be longer than zero",
    );
    problems.require(
        is_rate(policy.slow_call_rate),
        &["breaker.slow_call_rate"],
        "breaker.slow_call_rate must be above 0 and at most 1",
    );
    problems.require(
        policy.consecutive_failures.is_some()
            || policy.failure_rate.is_some()
            || policy.slow_call_duration.is_some(),
        &[
            "breaker.consecutive_failures",
            "breaker.failure_rate",
            "breaker.slow_call_duration",
        ],
        "breaker.consecutive_failures, breaker.failure_rate or breaker.slow_call_duration must be set, or the \
         breaker never opens",
    );
    problems.require(
        policy.minimum_calls > 0,
        &["breaker.minimum_calls"],
        "breaker.minimum_calls must be at least 1",
    );
}

fn the_window(policy: &BreakerPolicy, problems: &mut Problems) {
    match policy.window {
        WindowPolicy::Time(length) => problems.require(
            length >= SHORTEST_WINDOW,
            &["breaker.window"],
            "breaker.window must be at least 1 ms",
        ),
        WindowPolicy::Calls(size) => {
            problems.require(
                (1..=MOST_CALLS).contains(&size),
                &["breaker.window"],
                "breaker.window must be from 1 to 1,000,000 calls",
            );
            problems.require(
                policy.minimum_calls <= size,
                &["breaker.minimum_calls", "breaker.window"],
                "breaker.minimum_calls must not be more than breaker.window holds, or the rates are never judged",
            );
        }
    }
}

fn what_closes(policy: &BreakerPolicy, problems: &mut Problems) {
    problems.require(
        !policy.open_for.is_zero(),
        &["breaker.open_for"],
        "breaker.open_for must be longer than zero",
    );
    problems.require(
        (1.0..=10.0).contains(&policy.open_growth),
        &["breaker.open_growth"],
        "breaker.open_growth must be from 1 to 10",
    );
    problems.require(
        policy.open_growth == 1.0 || policy.max_open_for >= policy.open_for,
        &["breaker.max_open_for", "breaker.open_for"],
        "breaker.max_open_for must not be shorter than breaker.open_for",
    );
    problems.require(
        (1..=u32::from(u16::MAX)).contains(&policy.trials),
        &["breaker.trials"],
        "breaker.trials must be from 1 to 65,535",
    );
    problems.require(
        !policy.half_open_max_wait.is_zero(),
        &["breaker.half_open_max_wait"],
        "breaker.half_open_max_wait must be longer than zero",
    );
}
