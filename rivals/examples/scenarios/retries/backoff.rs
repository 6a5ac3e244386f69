use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use reqwest_retry::policies::ExponentialBackoff;
use reqwest_retry::{RetryDecision, RetryPolicy as _};
use resilience::retry::{Random, RetryPolicy};
use tower_resilience::retry::{ExponentialRandomBackoff, IntervalFunction};

use crate::table::{Column, Row, Verdict};

const BASE: Duration = Duration::from_millis(100);

/// The first back-off of a thousand calls, by the schedule with jitter that each crate has.
pub(super) fn all() -> Vec<Row> {
    let ours = || RetryPolicy::default().backoff(&Random::default()).next_delay();
    let theirs = ExponentialRandomBackoff::new(BASE, 0.5).expect("the factor is valid");
    let reqwest_retry = ExponentialBackoff::builder()
        .retry_bounds(BASE, 20 * BASE)
        .build_with_max_retries(3);
    vec![Row::new(
        "1,000 back-offs: more than 900 different ones",
        [
            (Column::Ours, distinct(ours)),
            (Column::TowerResilience, distinct(|| theirs.next_interval(0))),
            (Column::ReqwestRetry, distinct(|| wait(&reqwest_retry))),
        ],
    )]
}

fn distinct(draw: impl FnMut() -> Duration) -> Verdict {
    let drawn: BTreeSet<_> = std::iter::repeat_with(draw).take(1_000).collect();
    Verdict::when(drawn.len() > 900, format!("{} different ones", drawn.len()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this policy answers in the system's time and asks for it"
)]
fn wait(policy: &ExponentialBackoff) -> Duration {
    let now = SystemTime::now();
    match policy.should_retry(now, 0) {
        RetryDecision::Retry { execute_after } => execute_after.duration_since(now).unwrap_or_default(),
        RetryDecision::DoNotRetry => Duration::ZERO,
    }
}
