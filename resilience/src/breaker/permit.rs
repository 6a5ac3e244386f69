use super::circuit::Verdict;
use super::ticket::Ticket;
use crate::Deadline;
use crate::event::Events;
use crate::time::Instant;

/// Leave to make one call; it must be told how the call went.
///
/// Dropped untold, the call was cancelled: a failure if the deadline given by [`until`](Self::until) had passed,
/// and otherwise no news of the peer, so that the place is handed back.
#[derive(Debug)]
#[must_use = "a permit dropped untold counts as a cancelled call"]
pub struct Permit {
    ticket: Ticket,
    events: Events,
    deadline: Option<Deadline>,
    settled: bool,
}

impl Permit {
    pub(super) fn new(ticket: Ticket, events: Events) -> Self {
        Self {
            ticket,
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
    ///
    /// A slow call all the same, if [`slow_call_duration`](super::BreakerPolicy::slow_call_duration) is set and so
    /// long had passed since it was admitted; so with [`failure`](Self::failure).
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

    #[inline]
    fn settle(mut self, verdict: Verdict, now: Instant) {
        self.settled = true;
        self.ticket.settle(verdict, now, &self.events);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if !self.settled {
            self.ticket.cancel(self.deadline, &self.events);
        }
    }
}
