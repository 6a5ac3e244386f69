use super::machine::{self, Settlement, Verdict};
use super::stripes::Lane;
use super::window::Mark;
use super::word::{Phase, Word};
use super::{Change, Circuit, NEVER, Ticket};
use crate::breaker::OpenReason;
use crate::sync::Ordering;

impl Circuit {
    /// Tells how the call of a ticket ended.
    #[inline]
    pub(crate) fn settle(&self, ticket: &Ticket, verdict: Verdict, now: u64, lane: Lane) -> Option<Change> {
        let slow = ticket.since != NEVER
            && now.saturating_sub(ticket.since) >= self.slow_after.load(Ordering::Relaxed);
        let unremarkable = verdict == Verdict::Success && !slow;
        if unremarkable
            && self.word() == Word::closed(ticket.generation)
            && now < self.quiet_until.load(Ordering::Relaxed)
        {
            self.count_success(ticket.generation, lane);
            return None;
        }
        self.settle_remarkable(ticket, verdict, slow, now, lane)
    }

    /// Whatever is not a quick success of a closed circuit, and the first success of a slot or after a failure.
    #[cold]
    fn settle_remarkable(
        &self,
        ticket: &Ticket,
        verdict: Verdict,
        slow: bool,
        now: u64,
        lane: Lane,
    ) -> Option<Change> {
        loop {
            let word = self.word();
            if word.generation() != ticket.generation {
                return None;
            }
            // A peer that answers its trials slowly has not recovered, if slowness can open the circuit.
            let is_slow_trial = slow && verdict == Verdict::Success && word.phase() == Phase::HalfOpen;
            let counts_as = if is_slow_trial { Verdict::Failure } else { verdict };
            match machine::settle(word, counts_as, self.rules()) {
                Settlement::Keep => return None,
                Settlement::Count => {
                    let call = Mark {
                        failed: verdict == Verdict::Failure,
                        slow,
                    };
                    return self.count(ticket.generation, call, now, lane);
                }
                Settlement::Update(next) => {
                    if verdict == Verdict::Cancelled && !word.trials().given_up {
                        let last_trial = self.last_trial.load(Ordering::Acquire);
                        self.given_up.fetch_max(last_trial, Ordering::AcqRel);
                    }
                    if self.swap(word, next) {
                        // A policy that asks for fewer trials may have come meanwhile.
                        if next.trials().succeeded < self.rules().trials {
                            return None;
                        }
                        return self.close_if_current(ticket.generation, now);
                    }
                }
                Settlement::Open => {
                    let reason = if is_slow_trial {
                        OpenReason::TrialSlow
                    } else {
                        OpenReason::TrialFailed
                    };
                    let mut ledger = self.lock();
                    return self
                        .is_current(ticket.generation)
                        .then(|| self.open(&mut ledger, reason, now));
                }
                Settlement::Close => return self.close_if_current(ticket.generation, now),
            }
        }
    }

    /// Closes, unless somebody was quicker or a trial failed.
    fn close_if_current(&self, generation: u32, now: u64) -> Option<Change> {
        let mut ledger = self.lock();
        self.is_current(generation).then(|| self.close(&mut ledger, now))
    }

    /// Takes a call into account, and opens if that is what it needs.
    fn count(&self, generation: u32, call: Mark, now: u64, lane: Lane) -> Option<Change> {
        let mut ledger = self.lock();
        if !self.is_current(generation) {
            return None;
        }
        let reason = ledger.record(
            call,
            now,
            || self.successes(),
            || self.count_success(generation, lane),
        );
        self.quiet_until.store(ledger.quiet_until(), Ordering::Release);
        let reason = reason.filter(|_| self.phase() != Phase::MetricsOnly)?;
        Some(self.open(&mut ledger, reason, now))
    }
}
