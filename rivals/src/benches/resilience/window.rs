use std::time::Duration;

use resilience::breaker::BreakerPolicy;
use tower_resilience::circuitbreaker::SlidingWindowType;

use super::{ours, theirs};
use crate::harness::{Bar, Batch, Effort, Row, Subject, take_turns, tower_batch};

/// Longer than any bench, so that no call leaves the window.
const WINDOW: Duration = Duration::from_secs(3_600);

/// Few enough to change a small window little, and enough to see past the grain of the clock. A tenth of them is made
/// before each sample, so a breaker made afresh has ten calls in its window.
const CALLS_A_SAMPLE: u64 = 100;

/// What a call costs when few and when very many calls are in the window.
pub(super) fn flat(effort: Effort) -> Vec<Row> {
    let [few, many] = take_turns(
        effort,
        &[
            Subject::new(with_long_window).with_calls(CALLS_A_SAMPLE).afresh(),
            Subject::new(move || filled(with_long_window(), effort.calls(1_000_000)))
                .with_calls(CALLS_A_SAMPLE),
        ],
    );
    // A hundredth of the calls: at a million, filling their window alone would take hours.
    let [theirs_few, theirs_many] = take_turns(
        effort,
        &[
            Subject::new(theirs_with_long_window)
                .with_calls(CALLS_A_SAMPLE)
                .afresh(),
            Subject::new(move || filled(theirs_with_long_window(), effort.calls(10_000)))
                .with_calls(CALLS_A_SAMPLE),
        ],
    );
    vec![
        Row::time(
            "breaker_window_flat",
            many,
            "1,000,000 calls in the window against 10",
            few,
        )
        .with_bar(Bar::Ratio(1.1)),
        Row::time(
            "breaker_window_tower_resilience",
            theirs_many,
            "tower-resilience 0.13: 10,000 against 10",
            theirs_few,
        ),
    ]
}

fn with_long_window() -> Batch {
    let breaker = ours::breaker(BreakerPolicy::default().with_window(WINDOW));
    tower_batch(ours::behind(breaker))
}

fn theirs_with_long_window() -> Batch {
    tower_batch(theirs::tower_resilience(|policy| {
        policy
            .sliding_window_type(SlidingWindowType::TimeBased)
            .sliding_window_duration(WINDOW)
    }))
}

/// A batch that has made `calls` calls already.
fn filled(mut batch: Batch, calls: u64) -> Batch {
    batch(calls);
    batch
}
