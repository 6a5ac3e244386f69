use super::BudgetPolicy;

/// One retry, in the whole units that the balance is kept in.
const TOKEN: u64 = 1_000_000;
/// How many tokens of a floor of one a second come back in a millisecond.
const PER_MILLISECOND: u64 = TOKEN / 1_000;
const UNDER_WAY_BITS: u32 = u16::BITS;

/// A policy in the units of the balance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) deposit: u64,
    pub(crate) max_balance: u64,
    pub(crate) floor_per_second: u32,
    pub(crate) max_concurrent: u32,
}

impl Rules {
    pub(crate) fn new(policy: BudgetPolicy) -> Self {
        Self {
            // In range by `validate`: from 0 to one token.
            deposit: (policy.ratio * TOKEN as f64).round() as u64,
            max_balance: u64::from(policy.max_saved) * TOKEN,
            floor_per_second: policy.floor_per_second,
            max_concurrent: policy.max_concurrent,
        }
    }

    pub(crate) fn policy(self) -> BudgetPolicy {
        BudgetPolicy {
            ratio: self.deposit as f64 / TOKEN as f64,
            floor_per_second: self.floor_per_second,
            // What it was made of, so both fit again.
            max_saved: (self.max_balance / TOKEN) as u32,
            max_concurrent: self.max_concurrent,
        }
    }

    fn floor(self) -> u64 {
        u64::from(self.floor_per_second) * TOKEN
    }
}

/// The balance and the retries under way in one number, so that one compare-and-swap decides on both.
///
/// The balance has 48 bits, enough for the largest policy many times over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word(u64);

impl Word {
    /// Nothing saved, the floor in full.
    pub(crate) fn new(rules: Rules) -> Self {
        Self::of(rules.floor(), 0)
    }

    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    pub(crate) fn whole_tokens(self) -> u64 {
        self.balance() / TOKEN
    }

    fn balance(self) -> u64 {
        self.0 >> UNDER_WAY_BITS
    }

    pub(crate) fn under_way(self) -> u32 {
        u32::from(self.0 as u16)
    }

    /// A call was sent. What is above the most already, by the floor or by an earlier policy, stays.
    pub(crate) fn deposit(self, rules: Rules) -> Self {
        self.raise(rules.deposit, rules.max_balance)
    }

    /// So much time has passed; it brings back the floor and no more.
    pub(crate) fn refill(self, millis: u64, rules: Rules) -> Self {
        // A second is enough for all of it.
        let back = u64::from(rules.floor_per_second) * millis.min(1_000) * PER_MILLISECOND;
        self.raise(back, rules.floor())
    }

    /// One more retry under way and a token less, if there is both.
    pub(crate) fn withdraw(self, rules: Rules) -> Option<Self> {
        let rest = self.balance().checked_sub(TOKEN)?;
        (self.under_way() < rules.max_concurrent).then(|| Self::of(rest, self.under_way() + 1))
    }

    /// A retry has ended.
    pub(crate) fn release(self) -> Self {
        Self(self.0 - 1)
    }

    fn raise(self, by: u64, most: u64) -> Self {
        let balance = self.balance();
        Self::of(balance.max(most.min(balance + by)), self.under_way())
    }

    fn of(balance: u64, under_way: u32) -> Self {
        Self(balance << UNDER_WAY_BITS | u64::from(under_way))
    }
}
