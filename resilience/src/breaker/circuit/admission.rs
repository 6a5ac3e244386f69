use super::machine::{self, Admission, Marks};
use super::word::{Phase, Word};
use super::{Change, Circuit, NEVER, Ticket};
use crate::breaker::OpenReason;
use crate::sync::Ordering;

/// Why a call must not be made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rejection {
    pub(crate) phase: Phase,
    pub(crate) reason: OpenReason,
    /// In nanoseconds; `None` if nobody can say.
    pub(crate) retry_after: Option<u64>,
}

/// The word that a call is admitted by, and what that changed.
type Admitted = (Word, Option<Change>);

impl Circuit {
    /// Admits a call if the circuit is closed. `now` is asked only if slow calls are looked for.
    #[inline]
    pub(crate) fn pass(&self, now: impl FnOnce() -> u64) -> Option<Ticket> {
        let word = self.word();
        word.is_closed().then(|| self.ticket(word, now))
    }

    /// Admits a call if it may be made, and tells what that changed.
    pub(crate) fn admit(&self, now: u64) -> Result<(Ticket, Option<Change>), Rejection> {
        loop {
            let word = self.word();
            if word.is_closed() {
                return Ok((self.ticket(word, || now), None));
            }
            let admitted = match machine::admit(word, self.rules(), self.marks(), now) {
                Admission::Pass => Some(Ok((word, None))),
                Admission::Ramp => self.ramp_up(word, now),
                Admission::Take(taken) => self.take(word, taken, now).then_some(Ok((taken, None))),
                Admission::Begin(_) => self.begin_round(now).map(Ok),
                Admission::Reject => self.rejection(word, now).map(Err),
            };
            // `None` when another thread was quicker, and the word says something else now.
            if let Some(admitted) = admitted {
                return admitted.map(|(word, change)| (self.ticket(word, || now), change));
            }
        }
    }

    /// Takes a trial. Its moment is noted first, so that nobody sees the last trial taken and an old moment beside it,
    /// and begins another round.
    fn take(&self, word: Word, taken: Word, now: u64) -> bool {
        self.last_trial.fetch_max(now, Ordering::AcqRel);
        self.swap(word, taken)
    }

    /// Lets a share of the calls pass, until it is all of them.
    #[cold]
    fn ramp_up(&self, word: Word, now: u64) -> Option<Result<Admitted, Rejection>> {
        if self.ramp.is_over(now) {
            self.swap(word, word.recovered());
            None
        } else if self.ramp.admits(now) {
            Some(Ok((word, None)))
        } else {
            self.rejection(word, now).map(Err)
        }
    }

    /// Takes the first trial of a new round, unless another caller was quicker.
    #[cold]
    fn begin_round(&self, now: u64) -> Option<Admitted> {
        let _ledger = self.lock();
        loop {
            let word = self.word();
            let Admission::Begin(begun) = machine::admit(word, self.rules(), self.marks(), now) else {
                return None;
            };
            if self.swap(word, begun) {
                // Late enough: who would begin another round waits for the lock.
                self.last_trial.fetch_max(now, Ordering::AcqRel);
                let change = (word.phase() == Phase::Open).then_some(Change::HalfOpened);
                return Some((begun, change));
            }
        }
    }

    /// `None` if the state is another by now.
    #[cold]
    fn rejection(&self, word: Word, now: u64) -> Option<Rejection> {
        let (phase, until, reason) = (word.phase(), self.record.until(), self.reason(word.phase()));
        self.is_current(word.generation()).then(|| Rejection {
            phase,
            reason,
            retry_after: (phase == Phase::Open).then(|| until.saturating_sub(now)),
        })
    }

    fn marks(&self) -> Marks {
        Marks {
            open_until: self.record.until(),
            last_trial: self.last_trial.load(Ordering::Acquire),
            given_up: self.given_up.load(Ordering::Acquire),
        }
    }

    #[inline]
    fn ticket(&self, word: Word, now: impl FnOnce() -> u64) -> Ticket {
        let judges_slow = self.slow_after.load(Ordering::Relaxed) != NEVER;
        Ticket {
            generation: word.generation(),
            since: if judges_slow { now() } else { NEVER },
        }
    }
}
