use std::sync::Arc;

use super::BudgetPolicy;
use super::account::Account;
use super::word::Rules;
use crate::invalid::InvalidPolicy;
use crate::time::{self, Instant};

/// A retry budget for one peer. Cloning is cheap, and the clones are one budget.
///
/// Share one between all policies that call the same peer: it is the peer that must not be overrun.
#[derive(Debug, Clone)]
pub struct RetryBudget {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    start: Instant,
    account: Account,
}

impl RetryBudget {
    /// A budget with nothing saved and its floor in full.
    ///
    /// # Errors
    ///
    /// When [`BudgetPolicy::validate`] finds fault with the policy.
    pub fn new(policy: BudgetPolicy) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        Ok(Self::valid(policy))
    }

    /// Pays in for one call that is sent, retries not included.
    #[inline]
    pub fn deposit(&self) {
        self.shared.account.deposit();
    }

    /// Pays for one retry at `now`, which is [`time::now`] for everyone but tests; `None` if it cannot, or if as many
    /// are under way as may be.
    ///
    /// The permit is held until the retry has ended, its back-off included.
    #[must_use = "a retry that is not paid for must not be made"]
    pub fn withdraw(&self, now: Instant) -> Option<RetryPermit> {
        let since_start = now.saturating_duration_since(self.shared.start);
        let millis = u64::try_from(since_start.as_millis()).unwrap_or(u64::MAX);
        self.shared
            .account
            .withdraw(millis)
            .then(|| RetryPermit { budget: self.clone() })
    }

    /// Goes by another policy from now on, and keeps its balance: what is above the new most is spent first, and
    /// retries under way stay so.
    ///
    /// # Errors
    ///
    /// When [`BudgetPolicy::validate`] finds fault with the policy; the old one holds then.
    pub fn set_policy(&self, policy: BudgetPolicy) -> Result<(), InvalidPolicy> {
        policy.validate()?;
        self.shared.account.set_rules(Rules::new(policy));
        Ok(())
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> BudgetPolicy {
        self.shared.account.rules().policy()
    }

    /// How many retries could be paid for, as of the last one; the part of one that is saved already is left out.
    #[must_use]
    pub fn balance(&self) -> u64 {
        self.shared.account.word().whole_tokens()
    }

    /// How many retries and hedges are under way.
    #[must_use]
    pub fn under_way(&self) -> u32 {
        self.shared.account.word().under_way()
    }

    fn valid(policy: BudgetPolicy) -> Self {
        Self {
            shared: Arc::new(Shared {
                start: time::now(),
                account: Account::new(Rules::new(policy)),
            }),
        }
    }
}

impl Default for RetryBudget {
    /// A budget by [`BudgetPolicy::default`].
    fn default() -> Self {
        Self::valid(BudgetPolicy::default())
    }
}

/// A retry or hedge that has been paid for; it is under way until this is dropped.
#[derive(Debug)]
#[must_use = "the retry counts as ended once this is dropped"]
pub struct RetryPermit {
    budget: RetryBudget,
}

impl Drop for RetryPermit {
    fn drop(&mut self) {
        self.budget.shared.account.release();
    }
}
