//! The circuit itself: what all handles of a breaker share.
//!
//! Calls of a closed circuit read the word and count themselves in a stripe of their own thread. Trials move by
//! compare-and-swap of the word. Failures, slow calls, each change of generation, and the first success of a slot of
//! the window take the lock.

mod admission;
mod ledger;
mod machine;
mod ramp;
mod record;
mod settlement;
mod stripes;
mod window;
mod word;

use std::time::Duration;

use crate::breaker::{BreakerPolicy, OpenReason};
use crate::sync::{AtomicU64, Mutex, MutexGuard, Ordering, PoisonError};
pub(crate) use admission::Rejection;
use ledger::Ledger;
use machine::Rules;
pub(crate) use machine::Verdict;
use ramp::Ramp;
use record::OpenRecord;
pub(crate) use stripes::Lane;
use stripes::Stripes;
pub(crate) use window::Counts;
use word::Word;
pub(crate) use word::{Phase, Trials};

/// A switched-off limit of time.
const NEVER: u64 = u64::MAX;

/// Moments are nanoseconds; their origin is the caller's.
#[derive(Debug)]
#[repr(align(128))]
pub(crate) struct Circuit {
    // Read by every call, written when something changes.
    word: AtomicU64,
    /// Until when a success of a closed circuit need not be told to the ledger.
    quiet_until: AtomicU64,
    /// From how long on a call is slow.
    slow_after: AtomicU64,
    trials: AtomicU64,
    max_wait: AtomicU64,

    last_trial: AtomicU64,
    given_up: AtomicU64,
    record: OpenRecord,
    ramp: Ramp,
    stripes: Stripes,
    /// Held for each change of generation.
    ledger: Mutex<Ledger>,
}

/// Leave to make one call.
#[derive(Debug)]
pub(crate) struct Ticket {
    generation: u32,
    /// When it was admitted; [`NEVER`] if slow calls are not looked for.
    since: u64,
}

/// A change of state, to be told once no lock is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Opened(OpenReason),
    HalfOpened,
    Closed,
}

/// What a circuit looks like at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) phase: Phase,
    pub(crate) counts: Counts,
    pub(crate) failures_in_row: u32,
    pub(crate) trials: Trials,
    pub(crate) openings: u64,
    pub(crate) reason: Option<OpenReason>,
    pub(crate) open_until: Option<u64>,
}

impl Circuit {
    pub(crate) fn new(policy: BreakerPolicy, lanes: usize, now: u64) -> Self {
        let circuit = Self {
            word: AtomicU64::new(Word::closed(0).bits()),
            quiet_until: AtomicU64::new(0),
            slow_after: AtomicU64::new(NEVER),
            trials: AtomicU64::new(0),
            max_wait: AtomicU64::new(0),
            last_trial: AtomicU64::new(0),
            given_up: AtomicU64::new(0),
            record: OpenRecord::new(),
            ramp: Ramp::new(),
            stripes: Stripes::new(lanes),
            ledger: Mutex::new(Ledger::new(policy, now)),
        };
        circuit.publish(&policy);
        circuit
    }

    /// Puts the circuit into a state by hand.
    pub(crate) fn set_phase(&self, phase: Phase) {
        let mut ledger = self.lock();
        ledger.close();
        self.enter(phase);
    }

    /// Goes by another policy and keeps the state, unless half-open with as many successful trials as it asks for.
    pub(crate) fn set_policy(&self, policy: BreakerPolicy, now: u64) -> Option<Change> {
        let mut ledger = self.lock();
        ledger.set_policy(policy, now, self.successes());
        self.publish(&policy);
        // Written to, so that a trial which ends meanwhile either is seen here or sees the new policy.
        let word = Word::from_bits(self.word.fetch_add(0, Ordering::AcqRel));
        let enough = u64::from(word.trials().succeeded) >= u64::from(policy.trials);
        (word.phase() == Phase::HalfOpen && enough).then(|| self.close(&mut ledger, now))
    }

    /// Becomes the circuit of another breaker, closed. Results of the former one count for nothing.
    pub(crate) fn reset(&self, policy: BreakerPolicy, now: u64) {
        let mut ledger = self.lock();
        *ledger = Ledger::new(policy, now);
        self.publish(&policy);
        for mark in [&self.last_trial, &self.given_up] {
            mark.store(0, Ordering::Release);
        }
        self.enter(Phase::Closed);
    }

    pub(crate) fn view(&self, now: u64) -> View {
        let mut ledger = self.lock();
        let word = self.word();
        let is_shut = matches!(
            word.phase(),
            Phase::Open | Phase::HalfOpen | Phase::Recovering | Phase::Isolated
        );
        View {
            phase: word.phase(),
            counts: ledger.counts(now, || self.successes()),
            failures_in_row: ledger.failures_in_row(),
            trials: word.trials(),
            openings: ledger.openings,
            reason: is_shut.then(|| self.reason(word.phase())),
            open_until: (word.phase() == Phase::Open).then(|| self.record.until()),
        }
    }

    pub(crate) fn phase(&self) -> Phase {
        self.word().phase()
    }

    /// Until when every call is rejected; `None` when not open.
    pub(crate) fn open_until(&self) -> Option<u64> {
        loop {
            let word = self.word();
            let until = self.record.until();
            if word.phase() != Phase::Open {
                return None;
            }
            if self.word() == word {
                return Some(until);
            }
        }
    }

    pub(crate) fn openings(&self) -> u64 {
        self.lock().openings
    }

    pub(crate) fn policy(&self) -> BreakerPolicy {
        self.lock().policy
    }

    #[inline]
    fn word(&self) -> Word {
        Word::from_bits(self.word.load(Ordering::Acquire))
    }

    #[inline]
    fn is_current(&self, generation: u32) -> bool {
        self.word().generation() == generation
    }

    fn rules(&self) -> Rules {
        Rules {
            trials: u16::try_from(self.trials.load(Ordering::Relaxed)).unwrap_or(u16::MAX),
            max_wait: self.max_wait.load(Ordering::Relaxed),
        }
    }

    fn reason(&self, phase: Phase) -> OpenReason {
        if phase == Phase::Isolated {
            OpenReason::Isolated
        } else {
            self.record.reason()
        }
    }

    fn successes(&self) -> u64 {
        self.stripes.sum(self.word().generation())
    }

    #[inline]
    fn count_success(&self, generation: u32, lane: Lane) {
        self.stripes.add(lane, generation, || self.is_current(generation));
    }

    /// Opens, after too many bad calls or a bad trial.
    fn open(&self, ledger: &mut Ledger, reason: OpenReason, now: u64) -> Change {
        let is_reopening = self.phase() == Phase::HalfOpen;
        let open_for = ledger.open(is_reopening);
        self.record.write(reason, now.saturating_add(nanos(open_for)));
        self.enter(Phase::Open);
        Change::Opened(reason)
    }

    /// Closes after trials that succeeded.
    fn close(&self, ledger: &mut Ledger, now: u64) -> Change {
        ledger.close();
        let ramp_for = nanos(ledger.policy.ramp_for);
        if ramp_for == 0 {
            self.enter(Phase::Closed);
        } else {
            self.ramp.begin(now, ramp_for);
            self.enter(Phase::Recovering);
        }
        Change::Closed
    }

    /// Begins a generation. Only with the ledger locked; trials may still move the word meanwhile.
    fn enter(&self, phase: Phase) {
        self.quiet_until.store(0, Ordering::Release);
        loop {
            let word = self.word();
            if self.swap(word, word.enter(phase)) {
                return;
            }
        }
    }

    fn swap(&self, word: Word, next: Word) -> bool {
        self.word
            .compare_exchange(word.bits(), next.bits(), Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }

    /// Puts what calls read without the lock where they read it.
    fn publish(&self, policy: &BreakerPolicy) {
        let slow_after = policy.slow_call_duration.map_or(NEVER, nanos);
        self.slow_after.store(slow_after, Ordering::Release);
        self.trials.store(u64::from(policy.trials), Ordering::Release);
        self.max_wait
            .store(nanos(policy.half_open_max_wait), Ordering::Release);
        self.quiet_until.store(0, Ordering::Release);
    }

    /// The ledger is sound between any two statements, so a poisoned lock still guards a sound one.
    fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whole nanoseconds; more than fit are for ever.
fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(NEVER)
}
