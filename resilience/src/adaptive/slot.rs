use super::verdict::Verdict;
use super::{AdaptiveLimit, LimitChange};
use crate::Deadline;
use crate::time::{self, Instant};

/// Leave to make one call; it should be told how the call went.
///
/// Dropped untold, it says nothing about the peer, unless the deadline given by [`until`](Self::until) had passed:
/// a call that was cut off by its time limit is an overload, whoever cut it off.
#[derive(Debug)]
#[must_use = "the slot is free again once this is dropped"]
pub struct Slot {
    limit: AdaptiveLimit,
    began: Instant,
    in_flight: u32,
    deadline: Option<Deadline>,
}

impl Slot {
    pub(super) fn new(limit: AdaptiveLimit, began: Instant, in_flight: u32) -> Self {
        Self {
            limit,
            began,
            in_flight,
            deadline: None,
        }
    }

    /// Tells by when the call must have ended, so that dropping it later than that counts as an overload.
    pub fn until(mut self, deadline: Deadline) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The call begins at `now`, later than its slot was taken.
    pub(crate) fn begins(&mut self, now: Instant) {
        self.began = now;
    }

    /// The peer answered; how long it took is learnt. Tells if the limit has moved.
    ///
    /// Successes that are told on several threads at the same moment may be left out of the sample: nobody waits
    /// for another here.
    pub fn success(mut self, now: Instant) -> Option<LimitChange> {
        self.judge(Verdict::Success, now)
    }

    /// The peer could not bear it: a time limit, a rejection, a request for less load. Tells if the limit has
    /// moved.
    pub fn overload(mut self, now: Instant) -> Option<LimitChange> {
        self.judge(Verdict::Overload, now)
    }

    /// The result says nothing about how much the peer can bear.
    pub fn ignore(mut self) {
        self.deadline = None;
    }

    /// Tells how the call went before the slot is given back, and if the limit has moved by it.
    pub(super) fn judge(&mut self, verdict: Verdict, now: Instant) -> Option<LimitChange> {
        self.deadline = None;
        match verdict {
            Verdict::Success => {
                let round_trip = now.saturating_duration_since(self.began);
                self.limit.success(now, round_trip, self.in_flight)
            }
            Verdict::Overload => self.limit.overload(now, self.began),
            Verdict::Unknown => None,
        }
    }

    /// What dropping it does before the slot is given back. Tells if the limit has moved by it.
    pub(super) fn cancel(&mut self) -> Option<LimitChange> {
        let deadline = self.deadline.take()?;
        let now = time::now();
        if deadline.has_passed_at(now) {
            self.judge(Verdict::Overload, now)
        } else {
            None
        }
    }

    pub(super) fn limit(&self) -> &AdaptiveLimit {
        &self.limit
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.cancel();
        self.limit.release();
    }
}
