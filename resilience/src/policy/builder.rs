use std::sync::{Arc, RwLock};
use std::time::Duration;

use super::Policy;
use super::core::Core;
use super::part::Part;
use super::timeouts::Timeouts;
use crate::adaptive::AdaptiveLimit;
use crate::breaker::CircuitBreaker;
use crate::budget::RetryBudget;
use crate::bulkhead::Bulkhead;
use crate::event::{Event, Events};
use crate::hedge::{Hedge, HedgePolicy};
use crate::invalid::{InvalidPolicy, Problems};
use crate::rate_limit::RateLimit;
use crate::retry::{Random, RetryPolicy};
use crate::timeout::TimeoutPolicy;

/// Puts a [`Policy`] together, in whatever order its parts are named. Setters never fail; [`build`](Self::build)
/// checks everything at once.
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing before `build`"]
pub struct PolicyBuilder {
    timeouts: TimeoutPolicy,
    at_once: AtOnce,
    rate_limit: Option<RateLimit>,
    retry: RetryPolicy,
    hedge: Option<HedgePolicy>,
    budget: Budget,
    breaker: Option<CircuitBreaker>,
    random: Random,
    events: Events,
}

/// What limits the calls at once.
#[derive(Debug, Clone, Default)]
enum AtOnce {
    #[default]
    Unlimited,
    Bulkhead(Bulkhead),
    Adaptive(AdaptiveLimit),
}

#[derive(Debug, Clone, Default)]
enum Budget {
    #[default]
    Own,
    Shared(RetryBudget),
    Unlimited,
}

impl PolicyBuilder {
    /// All time limits together.
    pub fn timeouts(mut self, policy: TimeoutPolicy) -> Self {
        self.timeouts = policy;
        self
    }

    /// How long the call may take with all its attempts and waits. Default 5 s.
    pub fn overall_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.overall = limit;
        self
    }

    /// How long one attempt may take; shorter than the overall timeout. Default 2 s.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.attempt = limit;
        self
    }

    /// How long a connection may take to come up, for whoever opens it. Default 1 s.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.connect = limit;
        self
    }

    /// Limits the calls at once by this bulkhead, in place of an adaptive limit. By default there is no limit.
    pub fn bulkhead(mut self, bulkhead: Bulkhead) -> Self {
        self.at_once = AtOnce::Bulkhead(bulkhead);
        self
    }

    /// Limits the calls at once by this adaptive limit, in place of a bulkhead. By default there is no limit.
    pub fn adaptive_limit(mut self, limit: AdaptiveLimit) -> Self {
        self.at_once = AtOnce::Adaptive(limit);
        self
    }

    /// Limits the calls a second, retries not counted. By default there is no limit.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// How often to try again, and after how long. [`RetryPolicy::never`] switches retries off.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Hedges idempotent calls instead of retrying them. By default nothing is hedged.
    pub fn hedge(mut self, policy: HedgePolicy) -> Self {
        self.hedge = Some(policy);
        self
    }

    /// Shares a retry budget with other policies. By default the policy has one of its own.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = Budget::Shared(budget);
        self
    }

    /// Retries and hedges without a budget: four requests for one when the peer is down.
    pub fn without_retry_budget(mut self) -> Self {
        self.budget = Budget::Unlimited;
        self
    }

    /// Asks this circuit breaker before each attempt. By default there is none.
    pub fn breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.breaker = Some(breaker);
        self
    }

    /// Where the chance in back-off comes from. By default a generator of the current thread.
    pub fn random(mut self, random: Random) -> Self {
        self.random = random;
        self
    }

    /// The way by which events reach those who listen to several policies. By default the policy has one of its own.
    pub fn events(mut self, events: &Events) -> Self {
        self.events = self.events.moved_to(events);
        self
    }

    /// Tells `listener` what happens in this policy, as it happens, on the task of the call and outside any lock.
    /// Replaces the one set before.
    ///
    /// It must be quick, must not block and must not panic.
    pub fn on_event(mut self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.events = self.events.with_own(listener);
        self
    }

    /// The policy, if its values can work together.
    ///
    /// # Errors
    ///
    /// [`InvalidPolicy`] with everything that is wrong, such as an attempt timeout that is not shorter than the
    /// overall timeout, named by key.
    pub fn build(self) -> Result<Policy, InvalidPolicy> {
        let mut problems = Problems::new();
        problems.include(self.timeouts.validate());
        problems.include(self.retry.validate());
        problems.include(self.hedge.map_or(Ok(()), |policy| policy.validate()));
        problems.into_result()?;
        let (bulkhead, adaptive) = match self.at_once {
            AtOnce::Unlimited => (None, None),
            AtOnce::Bulkhead(bulkhead) => (Some(bulkhead), None),
            AtOnce::Adaptive(limit) => (None, Some(limit)),
        };
        let budget = match self.budget {
            Budget::Own => Some(RetryBudget::default()),
            Budget::Shared(budget) => Some(budget),
            Budget::Unlimited => None,
        };
        Ok(Policy::new(Arc::new(Core {
            timeouts: Timeouts::new(self.timeouts),
            bulkhead: Part::new(bulkhead),
            adaptive: Part::new(adaptive),
            rate_limit: Part::new(self.rate_limit),
            budget: Part::new(budget),
            breaker: Part::new(self.breaker),
            hedge: Part::new(self.hedge.map(Hedge::new).transpose()?),
            retry: RwLock::new(self.retry),
            random: self.random,
            events: self.events,
        })))
    }
}
