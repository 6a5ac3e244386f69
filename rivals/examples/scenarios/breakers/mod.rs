//! Circuit breakers.

mod closed;
mod half_open;
mod open;
mod ours;
mod theirs;

use std::future::{Future, pending, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use resilience::{Deadline, time};

use crate::clock::Clock;
use crate::table::{Column, Row, Verdict};

pub(crate) fn all() -> Vec<Row> {
    [closed::all(), half_open::all(), open::all()]
        .into_iter()
        .flatten()
        .collect()
}

/// What the guarded service does with a call.
type Peer = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>;

#[derive(Debug, Clone, Copy)]
struct Failure;

/// How a call through a breaker ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Succeeded,
    Failed,
    Rejected,
}

/// A circuit breaker of any crate.
trait Breaker: Send + Sync {
    /// Makes a call. A breaker that takes no deadline is cut off by the caller all the same.
    fn call(&self, deadline: Option<Deadline>, peer: Peer) -> Pin<Box<dyn Future<Output = Answer> + Send>>;

    /// The allocations of a call, given that it is rejected.
    fn allocations_of_a_rejection(&self) -> u64;
}

/// How a breaker is made for a scenario.
#[derive(Debug, Clone, Copy)]
struct Setup {
    trip: Trip,
    open_for: Duration,
    trials: u32,
    /// How long a trial that does not come back is waited for, where a crate knows such a thing.
    patience: Duration,
}

#[derive(Debug, Clone, Copy)]
enum Trip {
    /// So many failures in a row.
    Consecutive(u32),
    /// Half of the last so many calls.
    HalfOfLast(u32),
    /// Half of the calls of the last while.
    HalfWithin(Duration),
}

/// Long enough for a busy machine to make a call within it, short enough to wait for on the system's clock.
const OPEN_FOR: Duration = Duration::from_millis(100);

const PATIENCE: Duration = Duration::from_millis(150);

impl Setup {
    fn new(trip: Trip) -> Self {
        Self {
            trip,
            open_for: OPEN_FOR,
            trials: 1,
            patience: PATIENCE,
        }
    }

    fn with_trials(mut self, trials: u32) -> Self {
        self.trials = trials;
        self
    }

    fn with_open_for(mut self, wait: Duration) -> Self {
        self.open_for = wait;
        self
    }
}

/// One crate, as the scenarios see it.
struct Candidate {
    column: Column,
    clock: Clock,
    /// `None` where the crate cannot be set up like this.
    breaker: fn(Setup) -> Option<Arc<dyn Breaker>>,
}

const CANDIDATES: [Candidate; 4] = [
    Candidate {
        column: Column::Ours,
        clock: Clock::Tokio,
        breaker: ours::breaker,
    },
    Candidate {
        column: Column::Failsafe,
        clock: Clock::System,
        breaker: theirs::failsafe,
    },
    Candidate {
        column: Column::TowerResilience,
        clock: Clock::System,
        breaker: theirs::tower_resilience,
    },
    Candidate {
        column: Column::Recloser,
        clock: Clock::System,
        breaker: theirs::recloser,
    },
];

/// Runs a scenario with every crate, each on its clock.
fn compare<F>(behaviour: &'static str, setup: Setup, scenario: impl Fn(Arc<dyn Breaker>) -> F) -> Row
where
    F: Future<Output = Verdict>,
{
    compare_on(None, behaviour, setup, scenario)
}

/// Likewise, all on the same clock if one is given.
fn compare_on<F>(
    clock: Option<Clock>,
    behaviour: &'static str,
    setup: Setup,
    scenario: impl Fn(Arc<dyn Breaker>) -> F,
) -> Row
where
    F: Future<Output = Verdict>,
{
    let verdicts = CANDIDATES.iter().filter_map(|candidate| {
        let verdict = clock.unwrap_or(candidate.clock).run(async {
            let breaker = (candidate.breaker)(setup)?;
            Some(scenario(breaker).await)
        })?;
        Some((candidate.column, verdict))
    });
    Row::new(behaviour, verdicts)
}

fn succeeds() -> Peer {
    Box::pin(ready(Ok(())))
}

fn fails() -> Peer {
    Box::pin(ready(Err(Failure)))
}

fn hangs() -> Peer {
    Box::pin(pending())
}

/// Makes calls that fail until one is rejected; tells how many it took, if so many were enough.
async fn open(breaker: &dyn Breaker, most: u32) -> Option<u32> {
    for failures in 0..=most {
        if breaker.call(None, fails()).await == Answer::Rejected {
            return Some(failures);
        }
    }
    None
}

/// Opens the breaker and waits until it takes trials.
async fn half_open(breaker: &dyn Breaker, setup: Setup) {
    open(breaker, 100).await;
    time::sleep(setup.open_for + Duration::from_millis(5)).await;
}
