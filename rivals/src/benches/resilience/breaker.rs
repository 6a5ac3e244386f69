#![expect(
    clippy::disallowed_methods,
    reason = "the plain clock is what the breaker is compared with"
)]

use std::time::Instant;

use resilience::breaker::BreakerPolicy;

use super::{ours, theirs};
use crate::harness::{Bar, Effort, Row, Subject, allocations, batch, take_turns, tower_batch};

const CLOCK: &str = "std::time::Instant::now()";
const FAILSAFE: &str = "failsafe 1.3";
const FAILSAFE_CHEAPEST: &str = "failsafe 1.3 without a window";
const RECLOSER: &str = "recloser 1.4";
const TOWER_RESILIENCE: &str = "tower-resilience 0.13";

/// A closed breaker, called from one thread and from two.
pub(super) fn closed(effort: Effort) -> Vec<Row> {
    let breaker = ours::breaker(BreakerPolicy::default());
    let ours = {
        let breaker = breaker.clone();
        move || ours::calls(breaker.clone())
    };
    let rival = theirs::tower_resilience(|policy| policy);
    let rivals = {
        let rival = rival.clone();
        move || tower_batch(rival.clone())
    };

    let [clock, one, tower_resilience, failsafe, cheapest, recloser] = take_turns(
        effort,
        &[
            Subject::new(|| batch(Instant::now)),
            Subject::new(ours.clone()),
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
    let allocated = (allocations(ours::calls(breaker)), allocations(tower_batch(rival)));
    vec![
        Row::time("breaker_closed_1", one, CLOCK, clock).with_bar(Bar::Ratio(1.75)),
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
        Row::time("breaker_vs_failsafe_default_1", one, FAILSAFE, failsafe),
        Row::time("breaker_vs_failsafe_default_2", two, FAILSAFE, failsafe_2),
        Row::time("breaker_vs_failsafe_2", two, FAILSAFE_CHEAPEST, cheapest_2).with_bar(Bar::Less),
        Row::time("breaker_vs_recloser_1", one, RECLOSER, recloser),
        Row::time("breaker_vs_recloser_2", two, RECLOSER, recloser_2),
    ]
}

/// An open breaker.
pub(super) fn rejected(effort: Effort) -> Vec<Row> {
    let breaker = ours::open();
    let rival = theirs::open_tower_resilience();
    let allocated = (
        allocations(ours::calls(breaker.clone())),
        allocations(tower_batch(rival.clone())),
    );
    let [ours, tower_resilience, failsafe] = take_turns(
        effort,
        &[
            Subject::new(move || ours::calls(breaker.clone())),
            Subject::new(move || tower_batch(rival.clone())),
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
