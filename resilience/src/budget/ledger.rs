use super::BudgetPolicy;
use crate::time::Instant;

/// One retry, in the whole units that the balance is kept in.
const TOKEN: u64 = 1_000_000;
const NANOS_PER_SECOND: u64 = 1_000_000_000;

/// The counting of a budget, without clock or lock.
#[derive(Debug)]
pub(super) struct Ledger {
    deposit: u64,
    max_balance: u64,
    balance: u64,
    floor: Option<Floor>,
}

/// Whole retries that come back one by one; full at first and never more than a second's worth.
#[derive(Debug)]
struct Floor {
    capacity: u32,
    left: u32,
    nanos_each: u64,
    /// Up to when what has come back is counted in `left`.
    counted_to: Instant,
}

impl Ledger {
    pub(super) fn new(policy: BudgetPolicy, now: Instant) -> Self {
        Self {
            // In range by `validate`: from 0 to one token.
            deposit: (policy.ratio * TOKEN as f64).round() as u64,
            max_balance: u64::from(policy.max_saved) * TOKEN,
            balance: 0,
            floor: Floor::new(policy.floor_per_second, now),
        }
    }

    pub(super) fn deposit(&mut self) {
        self.balance = (self.balance + self.deposit).min(self.max_balance);
    }

    /// Takes one retry out: of the floor first, since what is not used of it is lost.
    pub(super) fn withdraw(&mut self, now: Instant) -> bool {
        if self.floor.as_mut().is_some_and(|floor| floor.take(now)) {
            return true;
        }
        let Some(rest) = self.balance.checked_sub(TOKEN) else {
            return false;
        };
        self.balance = rest;
        true
    }
}

impl Floor {
    fn new(per_second: u32, now: Instant) -> Option<Self> {
        // Rounded up, so that never more than `per_second` come back in a second.
        let nanos_each = NANOS_PER_SECOND.checked_div(u64::from(per_second))?;
        let nanos_each = nanos_each + u64::from(nanos_each * u64::from(per_second) < NANOS_PER_SECOND);
        Some(Self {
            capacity: per_second,
            left: per_second,
            nanos_each,
            counted_to: now,
        })
    }

    fn take(&mut self, now: Instant) -> bool {
        self.refill(now);
        let Some(rest) = self.left.checked_sub(1) else {
            return false;
        };
        self.left = rest;
        true
    }

    fn refill(&mut self, now: Instant) {
        let elapsed = now.saturating_duration_since(self.counted_to).as_nanos();
        let back = elapsed / u128::from(self.nanos_each);
        if back >= u128::from(self.capacity - self.left) {
            self.left = self.capacity;
            self.counted_to = self.counted_to.max(now);
        } else {
            // Fewer than `capacity`, so both fit; the fraction of a retry is kept for the next time.
            self.left += back as u32;
            self.counted_to += std::time::Duration::from_nanos(back as u64 * self.nanos_each);
        }
    }
}
