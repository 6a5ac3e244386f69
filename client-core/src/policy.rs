//! What configuration may change of the contract's resilience, and the policies made of both.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker};
use resilience::budget::{BudgetPolicy, RetryBudget};
use resilience::retry::{Random, RetryPolicy};
use resilience::timeout::TimeoutPolicy;
use resilience::{InvalidPolicy, Policy};

use crate::OperationInfo;
use crate::config_error::{ConfigError, Fault};
use crate::event::Observer;

/// The resilience of a client, beside the timeouts that each operation's contract carries. A plain value.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ClientPolicy {
    /// Timeouts in place of the contract's, for every operation. By default the contract's hold.
    pub timeouts: TimeoutOverrides,
    /// Timeouts in place of the contract's, by operation id. What is set here wins over `timeouts`.
    pub operations: BTreeMap<String, TimeoutOverrides>,
    /// How often and how soon to try again. Default: that of [`RetryPolicy`].
    pub retry: RetryPolicy,
    /// How much of the load may be retries, for all operations of the client together; `None` for no limit.
    /// Default: that of [`BudgetPolicy`].
    pub budget: Option<BudgetPolicy>,
    /// When to stop calling, for each breaker group by itself; `None` for never. Default: that of [`BreakerPolicy`].
    pub breaker: Option<BreakerPolicy>,
}

impl Default for ClientPolicy {
    fn default() -> Self {
        Self {
            timeouts: TimeoutOverrides::default(),
            operations: BTreeMap::new(),
            retry: RetryPolicy::default(),
            budget: Some(BudgetPolicy::default()),
            breaker: Some(BreakerPolicy::default()),
        }
    }
}

/// Timeouts in place of the contract's. What is `None` is left to the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeoutOverrides {
    /// How long the connection may take to come up.
    pub connect: Option<Duration>,
    /// How long one attempt may take. Shorter than `overall`.
    pub attempt: Option<Duration>,
    /// How long the call may take, with all its attempts and pauses.
    pub overall: Option<Duration>,
}

impl TimeoutOverrides {
    /// Sets [`connect`](Self::connect).
    #[must_use]
    pub fn with_connect(mut self, timeout: Duration) -> Self {
        self.connect = Some(timeout);
        self
    }

    /// Sets [`attempt`](Self::attempt).
    #[must_use]
    pub fn with_attempt(mut self, timeout: Duration) -> Self {
        self.attempt = Some(timeout);
        self
    }

    /// Sets [`overall`](Self::overall).
    #[must_use]
    pub fn with_overall(mut self, timeout: Duration) -> Self {
        self.overall = Some(timeout);
        self
    }
}

impl ClientPolicy {
    /// The timeouts of one operation.
    fn timeouts_of(&self, info: &OperationInfo) -> TimeoutPolicy {
        let own = self.operations.get(info.id).copied().unwrap_or_default();
        let general = self.timeouts;
        TimeoutPolicy::default()
            .with_connect(own.connect.or(general.connect).unwrap_or(info.connect_timeout))
            .with_attempt(own.attempt.or(general.attempt).unwrap_or(info.attempt_timeout))
            .with_overall(own.overall.or(general.overall).unwrap_or(info.overall_timeout))
    }

    /// Finds what can't work before the first call does.
    pub(crate) fn check(&self, operations: &[&'static OperationInfo]) -> Result<(), ConfigError> {
        let fault = |cause| ConfigError::new(Fault::Policy(cause));
        self.retry.validate().map_err(fault)?;
        self.budget
            .map_or(Ok(()), |budget| budget.validate())
            .map_err(fault)?;
        self.breaker
            .map_or(Ok(()), |breaker| breaker.validate())
            .map_err(fault)?;
        for &info in operations {
            self.timeouts_of(info).validate().map_err(|cause| {
                ConfigError::new(Fault::OperationPolicy {
                    operation: info.id,
                    cause,
                })
            })?;
        }
        let is_known = |id: &String| operations.iter().any(|info| info.id == id);
        match self
            .operations
            .keys()
            .find(|id| !operations.is_empty() && !is_known(id))
        {
            Some(id) => Err(ConfigError::new(Fault::UnknownOperation(id.clone()))),
            None => Ok(()),
        }
    }
}

/// The policies of one client: one for each operation, a breaker for each group, one retry budget.
pub(crate) struct Policies {
    settings: ClientPolicy,
    random: Random,
    budget: Option<RetryBudget>,
    breakers: Mutex<HashMap<&'static str, CircuitBreaker>>,
    prepared: RwLock<HashMap<&'static str, Policy>>,
    observer: Arc<Observer>,
}

impl Policies {
    pub(crate) fn new(
        settings: ClientPolicy,
        random: Random,
        observer: Arc<Observer>,
    ) -> Result<Self, InvalidPolicy> {
        Ok(Self {
            budget: settings.budget.map(RetryBudget::new).transpose()?,
            settings,
            random,
            breakers: Mutex::default(),
            prepared: RwLock::default(),
            observer,
        })
    }

    /// The policy of an operation. A `timeout` replaces the overall one, in either direction.
    pub(crate) fn of(
        &self,
        info: &'static OperationInfo,
        timeout: Option<Duration>,
    ) -> Result<Policy, InvalidPolicy> {
        let prepared = self.prepared(info)?;
        match timeout {
            // A shorter one is a deadline; only a longer one needs another policy.
            Some(timeout) if timeout > prepared.timeouts().overall => {
                self.build(info, self.settings.timeouts_of(info).with_overall(timeout))
            }
            _ => Ok(prepared),
        }
    }

    fn prepared(&self, info: &'static OperationInfo) -> Result<Policy, InvalidPolicy> {
        // Both maps only grow by whole entries, so a poisoned lock still guards a sound map.
        let known = self
            .prepared
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(info.id)
            .cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let made = self.build(info, self.settings.timeouts_of(info))?;
        let mut prepared = self.prepared.write().unwrap_or_else(PoisonError::into_inner);
        Ok(prepared.entry(info.id).or_insert(made).clone())
    }

    fn build(&self, info: &'static OperationInfo, limits: TimeoutPolicy) -> Result<Policy, InvalidPolicy> {
        let observer = Arc::clone(&self.observer);
        let mut builder = Policy::builder()
            .timeouts(limits)
            .retry(self.settings.retry)
            .random(self.random.clone())
            .on_event(move |event| observer.policy(info, event));
        builder = match &self.budget {
            Some(budget) => builder.retry_budget(budget.clone()),
            None => builder.without_retry_budget(),
        };
        if let Some(settings) = self.settings.breaker {
            builder = builder.breaker(self.breaker(info.breaker_group, settings)?);
        }
        builder.build()
    }

    fn breaker(&self, group: &'static str, settings: BreakerPolicy) -> Result<CircuitBreaker, InvalidPolicy> {
        let mut breakers = self.breakers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(breaker) = breakers.get(group) {
            return Ok(breaker.clone());
        }
        let breaker = CircuitBreaker::new(group, settings)?;
        breakers.insert(group, breaker.clone());
        Ok(breaker)
    }
}
