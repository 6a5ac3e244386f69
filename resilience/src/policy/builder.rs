use std::sync::Arc;
use std::time::Duration;

use super::{Policy, Shared};
use crate::breaker::CircuitBreaker;
use crate::budget::RetryBudget;
use crate::event::{Event, Events};
use crate::invalid::{InvalidPolicy, Problems};
use crate::retry::{Random, RetryPolicy};
use crate::timeout::TimeoutPolicy;

/// Puts a [`Policy`] together. Setters never fail; [`build`](Self::build) checks everything at once.
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing before `build`"]
pub struct PolicyBuilder {
    timeouts: TimeoutPolicy,
    retry: RetryPolicy,
    budget: Budget,
    breaker: Option<CircuitBreaker>,
    random: Random,
    events: Events,
}

#[derive(Debug, Clone, Default)]
enum Budget {
    #[default]
    Own,
    Shared(RetryBudget),
    Unlimited,
}

impl PolicyBuilder {
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

    /// How often to try again, and after how long. [`RetryPolicy::never`] switches retries off.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Shares a retry budget with other policies. By default the policy has one of its own.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = Budget::Shared(budget);
        self
    }

    /// Retries without a budget: four requests for one when the peer is down.
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
        self.timeouts.check(&mut problems);
        self.retry.check(&mut problems);
        problems.into_result()?;
        let budget = match self.budget {
            Budget::Own => Some(RetryBudget::default()),
            Budget::Shared(budget) => Some(budget),
            Budget::Unlimited => None,
        };
        Ok(Policy {
            shared: Arc::new(Shared {
                timeouts: self.timeouts,
                retry: self.retry,
                budget,
                breaker: self.breaker,
                random: self.random,
                events: self.events,
            }),
        })
    }
}
