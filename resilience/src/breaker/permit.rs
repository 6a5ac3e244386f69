use super::CircuitBreaker;
use super::machine::Verdict;
use crate::Deadline;
use crate::event::Events;
use crate::time::{self, Instant};

/// Leave to make one call; it must be told how the call went.
///
/// Dropped untold, the call was cancelled: a failure if the deadline given by [`until`](Self::until) had passed,
/// and otherwise no news of the peer, so that the place is handed back.
#[derive(Debug)]
#[must_use = "a permit dropped untold counts as a cancelled call"]
pub struct Permit {
    breaker: CircuitBreaker,
    generation: u64,
    events: Events,
    deadline: Option<Deadline>,
    settled: bool,
}

impl Permit {
    pub(super) fn new(breaker: CircuitBreaker, generation: u64, events: Events) -> Self {
        Self {
            breaker,
            generation,
            events,
            deadline: None,
            settled: false,
        }
    }

    /// Tells by when the call must have ended, so that cutting it off later than that counts as a failure.
    pub fn until(mut self, deadline: Deadline) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The peer worked.
    pub fn success(self, now: Instant) {
        self.settle(Verdict::Success, now);
    }

    /// The peer did not work.
    pub fn failure(self, now: Instant) {
        self.settle(Verdict::Failure, now);
    }

    /// The result says nothing about the peer; the place is handed back.
    pub fn ignore(self, now: Instant) {
        self.settle(Verdict::Neutral, now);
    }

    fn settle(mut self, verdict: Verdict, now: Instant) {
        self.settled = true;
        self.breaker.settle(self.generation, verdict, &self.events, now);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.settled {
            return;
        }
        let now = time::now();
        let overdue = self.deadline.is_some_and(|deadline| deadline.has_passed_at(now));
        let verdict = if overdue {
            Verdict::Failure
        } else {
            Verdict::Cancelled
        };
        self.breaker.settle(self.generation, verdict, &self.events, now);
    }
}
