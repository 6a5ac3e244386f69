use std::sync::{PoisonError, RwLock};

use super::part::Part;
use super::timeouts::Timeouts;
use crate::InvalidPolicy;
use crate::adaptive::AdaptiveLimit;
use crate::breaker::CircuitBreaker;
use crate::budget::RetryBudget;
use crate::bulkhead::Bulkhead;
use crate::event::Events;
use crate::hedge::Hedge;
use crate::rate_limit::RateLimit;
use crate::retry::{Random, RetryPolicy};
use crate::settings::Settings;

/// What all clones of a policy share.
///
/// A call that is ready at its first poll reads atomics only; the lock is for those that wait or have failed.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) timeouts: Timeouts,
    pub(super) bulkhead: Part<Bulkhead>,
    pub(super) adaptive: Part<AdaptiveLimit>,
    pub(super) rate_limit: Part<RateLimit>,
    pub(super) budget: Part<RetryBudget>,
    pub(super) breaker: Part<CircuitBreaker>,
    pub(super) hedge: Part<Hedge>,
    pub(super) retry: RwLock<RetryPolicy>,
    pub(super) random: Random,
    pub(super) events: Events,
}

impl Core {
    pub(super) fn retry(&self) -> RetryPolicy {
        // A plain value replaced as a whole, so a poisoned lock still guards a sound one.
        *self.retry.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what can be changed, and keeps the state of each part.
    pub(super) fn reload(&self, settings: &Settings) -> Result<(), InvalidPolicy> {
        settings.validate()?;
        let name = self.events.name();
        self.bulkhead.reload(
            settings.bulkhead,
            |policy| Bulkhead::new(name, policy),
            Bulkhead::set_policy,
        )?;
        self.adaptive.reload(
            settings.adaptive,
            |policy| AdaptiveLimit::new(name, policy),
            AdaptiveLimit::set_policy,
        )?;
        self.rate_limit.reload(
            settings.rate_limit,
            |policy| RateLimit::new(name, policy),
            RateLimit::set_policy,
        )?;
        self.budget
            .reload(settings.budget, RetryBudget::new, RetryBudget::set_policy)?;
        self.breaker.reload(
            settings.breaker,
            |policy| CircuitBreaker::new(name, policy),
            CircuitBreaker::set_policy,
        )?;
        self.hedge.reload(settings.hedge, Hedge::new, Hedge::set_policy)?;
        *self.retry.write().unwrap_or_else(PoisonError::into_inner) = settings.retry;
        self.timeouts.store(settings.timeouts);
        Ok(())
    }
}
