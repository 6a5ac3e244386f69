use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::BudgetPolicy;
use super::ledger::Ledger;
use crate::invalid::InvalidPolicy;
use crate::time::{self, Instant};

/// A retry budget for one peer. Cloning is cheap, and the clones are one budget.
///
/// Share one between all policies that call the same peer: it is the peer that must not be overrun.
#[derive(Debug, Clone)]
pub struct RetryBudget {
    ledger: Arc<Mutex<Ledger>>,
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
    pub fn deposit(&self) {
        self.ledger().deposit();
    }

    /// Pays for one retry at `now`, which is [`time::now`] for everyone but tests; `false` if it cannot.
    #[must_use = "a retry that is not paid for must not be made"]
    pub fn withdraw(&self, now: Instant) -> bool {
        self.ledger().withdraw(now)
    }

    fn valid(policy: BudgetPolicy) -> Self {
        Self {
            ledger: Arc::new(Mutex::new(Ledger::new(policy, time::now()))),
        }
    }

    /// The ledger never panics half-way, so a poisoned lock still guards a sound state.
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for RetryBudget {
    /// A budget by [`BudgetPolicy::default`].
    fn default() -> Self {
        Self::valid(BudgetPolicy::default())
    }
}
