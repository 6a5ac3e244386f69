use crate::Attempt;
use crate::breaker::{Ticket, Verdict};
use crate::budget::RetryPermit;
use crate::classify::Outcome;
use crate::event::Events;
use crate::time::Instant;

/// One attempt under way, less its future: what must be settled or handed back when it ends.
#[derive(Debug)]
pub(super) struct Flight {
    pub(super) attempt: Attempt,
    pub(super) began: Instant,
    /// The breaker's, which has no drop of its own: the run that holds this settles or cancels it.
    pub(super) ticket: Option<Ticket>,
    /// Of a retry or hedge.
    pub(super) _paid: Option<RetryPermit>,
}

impl Flight {
    /// Tells the breaker how it ended.
    #[inline]
    pub(super) fn settle(self, outcome: Outcome, now: Instant, events: &Events) {
        if let Some(ticket) = &self.ticket {
            let verdict = match outcome {
                Outcome::Success => Verdict::Success,
                Outcome::Failure => Verdict::Failure,
                Outcome::Throttled | Outcome::Ignored => Verdict::Neutral,
            };
            ticket.settle(verdict, now, events);
        }
    }

    /// Tells the breaker that it was dropped: a failure if its time was over.
    pub(super) fn cancel(self, events: &Events) {
        if let Some(ticket) = &self.ticket {
            ticket.cancel(Some(self.attempt.deadline), events);
        }
    }

    /// Whether it has been cut off by its time limit.
    pub(super) fn is_overdue(&self, now: Instant) -> bool {
        self.attempt.deadline.has_passed_at(now)
    }

    /// When it is cut off.
    pub(super) fn limit(&self) -> Instant {
        self.attempt.deadline.instant()
    }
}
