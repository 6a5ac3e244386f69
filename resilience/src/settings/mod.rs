//! Everything about a policy that configuration may say, as one plain value.

use crate::adaptive::AdaptivePolicy;
use crate::breaker::BreakerPolicy;
use crate::budget::BudgetPolicy;
use crate::bulkhead::BulkheadPolicy;
use crate::hedge::HedgePolicy;
use crate::invalid::{InvalidPolicy, Problems};
use crate::rate_limit::RateLimitPolicy;
use crate::retry::RetryPolicy;
use crate::timeout::TimeoutPolicy;

/// The values of a whole [`Policy`](crate::Policy).
///
/// [`Policy::from_settings`](crate::Policy::from_settings) makes a policy of them, and
/// [`Policy::reload`](crate::Policy::reload) changes one that is in use without losing its state.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Settings {
    /// The time limits.
    pub timeouts: TimeoutPolicy,
    /// How often to try again, and after how long.
    pub retry: RetryPolicy,
    /// How much of the load retries and hedges may make up; `None` for no limit. Default: a budget.
    pub budget: Option<BudgetPolicy>,
    /// When to stop calling. Default: a breaker.
    pub breaker: Option<BreakerPolicy>,
    /// When a slow attempt gets company, for idempotent calls, which then are not retried. Default: never.
    pub hedge: Option<HedgePolicy>,
    /// How many calls may be under way at once. Default: no limit.
    pub bulkhead: Option<BulkheadPolicy>,
    /// A limit of calls under way that finds out by itself what the peer can bear; not beside a bulkhead. Default:
    /// none.
    pub adaptive: Option<AdaptivePolicy>,
    /// How many calls may be sent in a stretch of time. Default: no limit.
    pub rate_limit: Option<RateLimitPolicy>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeouts: TimeoutPolicy::default(),
            retry: RetryPolicy::default(),
            budget: Some(BudgetPolicy::default()),
            breaker: Some(BreakerPolicy::default()),
            hedge: None,
            bulkhead: None,
            adaptive: None,
            rate_limit: None,
        }
    }
}

impl Settings {
    /// Sets [`timeouts`](Self::timeouts).
    #[must_use]
    pub fn with_timeouts(mut self, policy: TimeoutPolicy) -> Self {
        self.timeouts = policy;
        self
    }

    /// Sets [`retry`](Self::retry).
    #[must_use]
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets [`budget`](Self::budget); `None` switches it off.
    #[must_use]
    pub fn with_budget(mut self, policy: impl Into<Option<BudgetPolicy>>) -> Self {
        self.budget = policy.into();
        self
    }

    /// Sets [`breaker`](Self::breaker); `None` switches it off.
    #[must_use]
    pub fn with_breaker(mut self, policy: impl Into<Option<BreakerPolicy>>) -> Self {
        self.breaker = policy.into();
        self
    }

    /// Sets [`hedge`](Self::hedge); `None` switches it off.
    #[must_use]
    pub fn with_hedge(mut self, policy: impl Into<Option<HedgePolicy>>) -> Self {
        self.hedge = policy.into();
        self
    }

    /// Sets [`bulkhead`](Self::bulkhead); `None` switches it off.
    #[must_use]
    pub fn with_bulkhead(mut self, policy: impl Into<Option<BulkheadPolicy>>) -> Self {
        self.bulkhead = policy.into();
        self
    }

    /// Sets [`adaptive`](Self::adaptive); `None` switches it off.
    #[must_use]
    pub fn with_adaptive(mut self, policy: impl Into<Option<AdaptivePolicy>>) -> Self {
        self.adaptive = policy.into();
        self
    }

    /// Sets [`rate_limit`](Self::rate_limit); `None` switches it off.
    #[must_use]
    pub fn with_rate_limit(mut self, policy: impl Into<Option<RateLimitPolicy>>) -> Self {
        self.rate_limit = policy.into();
        self
    }

    /// Checks every value, alone and together.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range, and parts that exclude each other.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        problems.include(self.timeouts.validate());
        problems.include(self.retry.validate());
        problems.include(self.budget.map_or(Ok(()), |part| part.validate()));
        problems.include(self.breaker.map_or(Ok(()), |part| part.validate()));
        problems.include(self.hedge.map_or(Ok(()), |part| part.validate()));
        problems.include(self.bulkhead.map_or(Ok(()), |part| part.validate()));
        problems.include(self.adaptive.map_or(Ok(()), |part| part.validate()));
        problems.include(self.rate_limit.map_or(Ok(()), |part| part.validate()));
        problems.require(
            self.bulkhead.is_none() || self.adaptive.is_none(),
            &["bulkhead.enabled", "adaptive.enabled"],
            "bulkhead and adaptive both limit the calls at once: switch one of them off",
        );
        problems.into_result()
    }
}
