//! Exact to the nanosecond, at any rate and for any time: against the law, and against a model that is slow and
//! obvious.

use std::time::Duration;

use proptest::prelude::{Strategy, prop_oneof, proptest};
use proptest::{collection, prop_assert};
use resilience::rate_limit::RateLimitPolicy;
use resilience::time;

use super::{SECOND, by, limit, policy};

const DAY: Duration = Duration::from_secs(86_400);

/// The generic cell rate algorithm on whole numbers: time is counted in nanoseconds times `calls`, of which an
/// interval has exactly as many as the period has nanoseconds.
struct Model {
    calls: u128,
    interval: u128,
    tolerance: u128,
    due: u128,
}

impl Model {
    fn new(policy: RateLimitPolicy) -> Self {
        let interval = policy.period.as_nanos();
        Self {
            calls: policy.calls.into(),
            interval,
            tolerance: interval * u128::from(policy.burst - 1),
            due: 0,
        }
    }

    /// The wait at `now`, in nanoseconds rounded up.
    fn wait(&self, now: Duration) -> u128 {
        let earliest = now.as_nanos() * self.calls + self.tolerance;
        self.due.saturating_sub(earliest).div_ceil(self.calls)
    }

    fn take(&mut self, now: Duration) {
        self.due = self.due.max(now.as_nanos() * self.calls) + self.interval;
    }
}

fn any_policy() -> impl Strategy<Value = RateLimitPolicy> {
    let period = prop_oneof![
        proptest::strategy::Just(SECOND),
        proptest::strategy::Just(DAY),
        (1_000_000..10_000_000_000_u64).prop_map(Duration::from_nanos),
    ];
    let calls = prop_oneof![1..20_u32, 1..1_000_000_u32];
    (calls, period, 1..20_u32).prop_map(|(calls, period, burst)| policy(calls, period, burst))
}

/// Waits between calls, in parts of an interval and in nanoseconds.
fn gap() -> impl Strategy<Value = (f64, u64)> {
    prop_oneof![
        proptest::strategy::Just((0.0, 0)),
        (0.0..3.0_f64, 0..5_u64),
        (0.0..100.0_f64, 0..5_u64),
    ]
}

proptest! {
    #[test]
    fn in_any_stretch_of_time_at_most_the_burst_and_what_the_rate_gives(
        policy in any_policy(),
        gaps in collection::vec(gap(), 1..80),
    ) {
        let limit = limit(policy.with_max_wait(SECOND));
        let mut model = Model::new(policy);
        let start = time::now();
        let interval = policy.period.as_secs_f64() / f64::from(policy.calls);
        let mut now = Duration::ZERO;
        let mut sent: Vec<u128> = Vec::new();
        for (intervals, nanos) in gaps {
            now += Duration::from_secs_f64(interval * intervals) + Duration::from_nanos(nanos);
            let expected = model.wait(now);
            let wait = match limit.reserve(start + now, by(start + now)) {
                Ok(wait) => {
                    prop_assert!(wait <= SECOND);
                    model.take(now);
                    sent.push(now.as_nanos() + wait.as_nanos());
                    wait
                }
                Err(limited) => {
                    let wait = limited.retry_after().unwrap();
                    prop_assert!(wait > SECOND);
                    wait
                }
            };
            prop_assert!(wait.as_nanos().abs_diff(expected) <= 1, "{wait:?} instead of {expected} ns");
        }
        for (index, first) in sent.iter().enumerate() {
            for (count, last) in (1_u128..).zip(&sent[index..]) {
                // Two for rounding the reading and the wait; all in whole numbers.
                let stretch = last - first + 2;
                let most = u128::from(policy.burst) * policy.period.as_nanos()
                    + u128::from(policy.calls) * stretch;
                prop_assert!(
                    count * policy.period.as_nanos() <= most,
                    "{count} calls in {stretch} ns by {policy:?}"
                );
            }
        }
    }
}

/// When the last of so many turns comes that are all asked for at once.
fn last_of(policy: RateLimitPolicy, turns: u32) -> Duration {
    let limit = limit(policy.with_max_wait(DAY * 366));
    let now = time::now();
    let turn = |_| limit.reserve(now, by(now)).unwrap();
    (1..turns).map(turn).fold(turn(0), Duration::max)
}

#[test]
fn nothing_drifts_over_millions_of_calls_at_rates_that_no_clock_divides() {
    // The first is at once, so that the last of 7 n + 1 calls comes after exactly n seconds.
    assert_eq!(last_of(policy(7, SECOND, 1), 1_400_001), SECOND * 200_000);
    assert_eq!(
        last_of(policy(6_999_999, SECOND, 1), 1_000_001).as_nanos(),
        (1_000_000 * 1_000_000_000_u128).div_ceil(6_999_999)
    );
}

#[test]
fn ten_million_a_second() {
    assert_eq!(
        last_of(policy(10_000_000, SECOND, 1), 1_000_001),
        Duration::from_millis(100)
    );
}

#[test]
fn one_a_day_for_thirty_years() {
    let limit = limit(policy(1, DAY, 1).with_max_wait(DAY));
    let start = time::now();
    let mut now = start;
    for _ in 0..=30 * 365 {
        now += limit.reserve(now, by(now)).unwrap();
    }
    assert_eq!(now - start, DAY * 30 * 365);
}

#[test]
fn as_exact_after_thirty_years_as_on_the_first_day() {
    let limit = limit(policy(9_999_999, SECOND, 2));
    let late = time::now() + DAY * 30 * 365;
    let waits: Vec<_> = (0..4)
        .map(|_| limit.reserve(late, by(late)).unwrap().as_nanos())
        .collect();
    assert_eq!(waits, [0, 0, 101, 201]);
}

#[test]
fn the_greatest_burst_and_the_greatest_rate_overflow_nothing() {
    let year = DAY * 366;
    let limit = limit(policy(1, year, 100).with_max_wait(year));
    let mut now = time::now();
    for _ in 0..100 {
        assert_eq!(limit.reserve(now, by(now)).unwrap(), Duration::ZERO);
    }
    assert_eq!(limit.reserve(now, by(now)).unwrap(), year);
    now += DAY * 365 * 30;
    assert_eq!(limit.reserve(now, by(now)).unwrap(), Duration::ZERO);

    assert_eq!(
        last_of(policy(u32::MAX, Duration::from_nanos(u32::MAX.into()), 1), 1_001),
        Duration::from_micros(1)
    );
}
