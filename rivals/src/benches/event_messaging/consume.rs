//! What the consumer costs beside a loop that decodes and settles: on both faces, for a small event and for one of
//! 1.4 kB.

use super::{log, queue};
use crate::harness::{Bar, Batch, Effort, Row, Subject, allocations, take_turns};
use event_contracts::product::{ProductCreated, ProductDeleted};

const BY_HAND: &str = "a loop that decodes and settles";
/// Messages a sample; a multiple of what a consumer takes in one go, and so is a tenth of it, so that a consumer does no
/// more than it is asked for. So few that a sample often ends before anybody else has a turn on the core.
pub(super) const CALLS: u64 = 640;

/// What the consumer may take of the loop's time.
const MOST: f64 = 1.15;

type Make = fn(u64) -> Batch;

/// The loop by hand, and the consumer.
type Pair = [Make; 2];

const SMALL: Pair = [
    queue::by_hand::<ProductDeleted>,
    queue::consumer::<ProductDeleted>,
];
const LARGE: Pair = [
    queue::by_hand::<ProductCreated>,
    queue::consumer::<ProductCreated>,
];
const SMALL_LOG: Pair = [log::by_hand::<ProductDeleted>, log::consumer::<ProductDeleted>];
const LARGE_LOG: Pair = [log::by_hand::<ProductCreated>, log::consumer::<ProductCreated>];

pub(super) fn overhead(effort: Effort) -> Vec<Row> {
    let mut rows = vec![
        time(effort, "consume_overhead", SMALL),
        time(effort, "consume_overhead_1k4", LARGE),
        // A record of a log is settled by nearly nothing, so that all else weighs more.
        time(effort, "consume_log_overhead", SMALL_LOG),
        time(effort, "consume_log_overhead_1k4", LARGE_LOG),
    ];
    rows.extend([
        allocated("consume_allocs", SMALL),
        allocated("consume_log_allocs", SMALL_LOG),
    ]);
    rows
}

fn time(effort: Effort, id: &'static str, pair: Pair) -> Row {
    let calls = effort.calls(CALLS);
    let [hand, ours] = take_turns(effort, &pair.map(|make| subject(make, calls)));
    Row::time(id, ours, BY_HAND, hand).with_bar(Bar::Ratio(MOST))
}

fn allocated(id: &'static str, pair: Pair) -> Row {
    let [hand, ours] = pair.map(allocations_of);
    Row::allocations(id, ours, BY_HAND, hand)
}

/// How often a message allocates.
pub(super) fn allocations_of(make: impl Fn(u64) -> Batch) -> f64 {
    // Half of them are to warm it.
    allocations(make(2_048))
}

/// A batch made for as many messages as a sample and its warming take.
pub(super) fn subject(make: impl Fn(u64) -> Batch + Sync + 'static, calls: u64) -> Subject {
    Subject::new(move || make(calls + calls / 10))
        .with_calls(calls)
        .afresh()
}
