#![expect(
    clippy::disallowed_methods,
    reason = "the plain clock is what the breaker is compared with"
)]

use std::time::{Duration, Instant};

use resilience::breaker::{BreakerPolicy, WindowPolicy};

use super::{ours, theirs};
use crate::harness::{Bar, Effort, Row, Subject, allocations, batch, take_turns, tower_batch};

const CLOCK: &str = "std::time::Instant::now()";
const FAILSAFE: &str = "failsafe 1.3";
const FAILSAFE_CHEAPEST: &str = "failsafe 1.3 without a window";
const RECLOSER: &str = "recloser 1.4";
const TOWER_RESILIENCE: &str = "tower-resilience 0.13";

/// A closed breaker, called from one thread and from two.
pub(super) fn closed(effort: Effort) -> Vec<Row> {
    let service = ours::behind(ours::breaker(BreakerPolicy::default()));
    let ours = move || tower_batch(service.clone());
    let watchful = BreakerPolicy::default().with_slow_call_duration(Duration::from_secs(1));
    let watchful = ours::behind(ours::breaker(watchful));
    let by_calls = BreakerPolicy::default().with_window(WindowPolicy::Calls(100));
    let by_calls = ours::behind(ours::breaker(by_calls));
    let rival = theirs::tower_resilience(|policy| policy);
    let rivals = move || tower_batch(rival.clone());
    let allocated = (allocations(ours()), allocations(rivals()));

    let [
        clock,
        one,
        slow,
        counted,
        tower_resilience,
        failsafe,
        cheapest,
        recloser,
    ] = take_turns(
        effort,
        &[
            Subject::new(|| batch(Instant::now)),
            Subject::new(ours.clone()),
            Subject::new(move || tower_batch(watchful.clone())),
            Subject::new(move || tower_batch(by_calls.clone())),
            Subject::new(rivals.clone()),
            Subject::new(theirs::failsafe()),
            Subject::new(theirs::failsafe_without_window()),
            Subject::new(theirs::recloser()),
        ],
    );
    let [alone, two, tower_resilience_2, failsafe_2, cheapest_2, recloser_2] = take_turns(
        effort,
        &[
            Subject::new(ours.clone()),
            Subject::new(ours).on_two_threads(),
            Subject::new(rivals).on_two_threads(),
            Subject::new(theirs::failsafe()).on_two_threads(),
            Subject::new(theirs::failsafe_without_window()).on_two_threads(),
            Subject::new(theirs::recloser()).on_two_threads(),
        ],
    );
    vec![
        Row::time("breaker_closed_1", one, CLOCK, clock).with_bar(Bar::Ratio(1.75)),
        Row::time("breaker_closed_slow_1", slow, CLOCK, clock).with_bar(Bar::Ratio(2.9)),
        Row::time("breaker_closed_by_calls_1", counted, CLOCK, clock),
        Row::time("breaker_closed_2", two, "the same on one thread", alone).with_bar(Bar::Ratio(1.6)),
        Row::allocations(
            "breaker_closed_allocs",
            allocated.0,
            TOWER_RESILIENCE,
            allocated.1,
        )
        .with_bar(Bar::Figure(0.0)),
        Row::time(
            "breaker_vs_tower_resilience_1",
            one,
            TOWER_RESILIENCE,
            tower_resilience,
        )
        .with_bar(Bar::Ratio(0.25)),
        Row::time(
            "breaker_vs_tower_resilience_2",
            two,
            TOWER_RESILIENCE,
            tower_resilience_2,
        )
        .with_bar(Bar::Ratio(0.1)),
        Row::time("breaker_vs_failsafe_1", one, FAILSAFE_CHEAPEST, cheapest),
        Row::time("breaker_vs_failsafe_2", two, FAILSAFE_CHEAPEST, cheapest_2).with_bar(Bar::Less),
        Row::time("breaker_vs_failsafe_default_1", one, FAILSAFE, failsafe),
        Row::time("breaker_vs_failsafe_default_2", two, FAILSAFE, failsafe_2),
        Row::time("breaker_vs_recloser_1", one, RECLOSER, recloser),
        Row::time("breaker_vs_recloser_2", two, RECLOSER, recloser_2),
    ]
}

/// An open breaker.
pub(super) fn rejected(effort: Effort) -> Vec<Row> {
    let service = ours::behind(ours::open());
    let ours = move || tower_batch(service.clone());
    let rival = theirs::open_tower_resilience();
    let rivals = move || tower_batch(rival.clone());
    let allocated = (allocations(ours()), allocations(rivals()));
    let [ours, tower_resilience, failsafe] = take_turns(
        effort,
        &[
            Subject::new(ours),
            Subject::new(rivals),
            Subject::new(theirs::open_failsafe()),
        ],
    );
    vec![
        Row::time("breaker_rejected", ours, TOWER_RESILIENCE, tower_resilience),
        Row::time("breaker_rejected_vs_failsafe", ours, FAILSAFE, failsafe),
        Row::allocations(
            "breaker_rejected_allocs",
            allocated.0,
            TOWER_RESILIENCE,
            allocated.1,
        )
        .with_bar(Bar::Figure(0.0)),
    ]
}
