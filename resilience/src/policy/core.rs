use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use super::part::Part;
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
use crate::sync::{AtomicU64, Ordering};
use crate::timeout::TimeoutPolicy;

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

/// The time limits in nanoseconds, so that reading them takes no lock. A call that sees a part of a change has limits
/// of both, of which the shorter one holds anyway.
#[derive(Debug)]
pub(super) struct Timeouts {
    connect: AtomicU64,
    attempt: AtomicU64,
    overall: AtomicU64,
}

impl Timeouts {
    pub(super) fn new(policy: TimeoutPolicy) -> Self {
        Self {
            connect: AtomicU64::new(nanos(policy.connect)),
            attempt: AtomicU64::new(nanos(policy.attempt)),
            overall: AtomicU64::new(nanos(policy.overall)),
        }
    }

    pub(super) fn load(&self) -> TimeoutPolicy {
        TimeoutPolicy {
            connect: self.connect(),
            attempt: self.attempt(),
            overall: self.overall(),
        }
    }

    #[inline]
    pub(super) fn connect(&self) -> Duration {
        Duration::from_nanos(self.connect.load(Ordering::Relaxed))
    }

    #[inline]
    pub(super) fn attempt(&self) -> Duration {
        Duration::from_nanos(self.attempt.load(Ordering::Relaxed))
    }

    #[inline]
    pub(super) fn overall(&self) -> Duration {
        Duration::from_nanos(self.overall.load(Ordering::Relaxed))
    }

    fn store(&self, policy: TimeoutPolicy) {
        self.connect.store(nanos(policy.connect), Ordering::Relaxed);
        self.attempt.store(nanos(policy.attempt), Ordering::Relaxed);
        self.overall.store(nanos(policy.overall), Ordering::Relaxed);
    }
}

/// More than 584 years are as good as 584.
fn nanos(limit: Duration) -> u64 {
    u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX)
}
