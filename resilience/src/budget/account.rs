use super::word::{Rules, Word};
use crate::sync::{AtomicU32, AtomicU64, Ordering};

/// The state that all handles of a budget share: no lock, and one compare-and-swap for each decision.
///
/// Moments are milliseconds since it was made.
#[derive(Debug)]
pub(crate) struct Account {
    word: AtomicU64,
    /// Up to when the floor has been paid. Whoever moves it pays for the time in between, so none is paid twice.
    paid_to: AtomicU64,
    // Written by a change of policy only. A call that sees a part of one decides by a mix of both, which does no harm.
    deposit: AtomicU64,
    max_balance: AtomicU64,
    floor_per_second: AtomicU32,
    max_concurrent: AtomicU32,
}

impl Account {
    pub(crate) fn new(rules: Rules) -> Self {
        Self {
            word: AtomicU64::new(Word::new(rules).bits()),
            paid_to: AtomicU64::new(0),
            deposit: AtomicU64::new(rules.deposit),
            max_balance: AtomicU64::new(rules.max_balance),
            floor_per_second: AtomicU32::new(rules.floor_per_second),
            max_concurrent: AtomicU32::new(rules.max_concurrent),
        }
    }

    pub(crate) fn rules(&self) -> Rules {
        Rules {
            deposit: self.deposit.load(Ordering::Relaxed),
            max_balance: self.max_balance.load(Ordering::Relaxed),
            floor_per_second: self.floor_per_second.load(Ordering::Relaxed),
            max_concurrent: self.max_concurrent.load(Ordering::Relaxed),
        }
    }

    pub(crate) fn set_rules(&self, rules: Rules) {
        self.deposit.store(rules.deposit, Ordering::Relaxed);
        self.max_balance.store(rules.max_balance, Ordering::Relaxed);
        self.floor_per_second
            .store(rules.floor_per_second, Ordering::Relaxed);
        self.max_concurrent.store(rules.max_concurrent, Ordering::Relaxed);
    }

    pub(crate) fn word(&self) -> Word {
        Word::from_bits(self.word.load(Ordering::Relaxed))
    }

    #[inline]
    pub(crate) fn deposit(&self) {
        let rules = self.rules();
        self.update(|word| Some(word.deposit(rules)));
    }

    pub(crate) fn withdraw(&self, now: u64) -> bool {
        let rules = self.rules();
        self.refill(now, rules);
        self.update(|word| word.withdraw(rules))
    }

    pub(crate) fn release(&self) {
        self.update(|word| Some(word.release()));
    }

    fn refill(&self, now: u64, rules: Rules) {
        let paid_to = self.paid_to.load(Ordering::Relaxed);
        // `now` may be older than the mark: callers read the clock before they take their turn.
        let is_ours = paid_to < now
            && self
                .paid_to
                .compare_exchange(paid_to, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if is_ours {
            self.update(|word| Some(word.refill(now - paid_to, rules)));
        }
    }

    /// `false` if the change is refused. What changes nothing is not written, so that a balance that is full is a
    /// shared line that stays in every cache.
    #[inline]
    fn update(&self, change: impl Fn(Word) -> Option<Word>) -> bool {
        let mut word = self.word();
        loop {
            let Some(next) = change(word) else { return false };
            if next == word {
                return true;
            }
            // Relaxed: the word is all that is shared.
            let swapped = self.word.compare_exchange_weak(
                word.bits(),
                next.bits(),
                Ordering::Relaxed,
                Ordering::Relaxed,
            );
            match swapped {
                Ok(_) => return true,
                Err(present) => word = Word::from_bits(present),
            }
        }
    }
}
