use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use super::ours;
use super::peer::Peer;
use super::theirs::tower_resilience_stack;
use crate::harness::{Bar, Batch, Effort, Row, Subject, allocations, take_turns, tower_batch};

/// The whole default stack over a service that is ready.
pub(super) fn ready(effort: Effort) -> Vec<Row> {
    let runtime = Arc::new(
        Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("the system lets a runtime start"),
    );
    let (stack, policy) = (ours::stack(), ours::policy());
    let ours = {
        let runtime = Arc::clone(&runtime);
        move || within(&runtime, tower_batch(stack.clone()))
    };
    let runs = {
        let runtime = Arc::clone(&runtime);
        move || within(&runtime, ours::runs(policy.clone()))
    };
    let rival = tower_resilience_stack();
    let rivals = {
        let runtime = Arc::clone(&runtime);
        move || within(&runtime, tower_batch(rival.clone()))
    };
    let allocated = (allocations(ours()), allocations(rivals()));

    let [bare, ours, run, tower_resilience] = take_turns(
        effort,
        &[
            Subject::new(|| tower_batch(Peer)),
            Subject::new(ours),
            Subject::new(runs),
            Subject::new(rivals),
        ],
    );
    vec![
        Row::time("stack_ready", ours, "the bare service", bare).with_bar(Bar::Beyond(150.0)),
        Row::time("stack_run_ready", run, "the bare service", bare),
        Row::allocations(
            "stack_ready_allocs",
            allocated.0,
            "tower-resilience 0.13",
            allocated.1,
        )
        .with_bar(Bar::Figure(2.0)),
        Row::time(
            "stack_vs_tower_resilience",
            ours,
            "tower-resilience 0.13",
            tower_resilience,
        )
        .with_bar(Bar::Ratio(0.4)),
    ]
}

/// Timers are made in the context of a runtime, though none of them has to run here.
fn within(runtime: &Arc<Runtime>, mut batch: Batch) -> Batch {
    let runtime = Arc::clone(runtime);
    Box::new(move |calls| {
        let _context = runtime.enter();
        batch(calls);
    })
}
