use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use super::gcra::{Gcra, Grant};
use super::turn::Turn;
use super::{Limited, RateLimitPolicy};
use crate::Deadline;
use crate::invalid::InvalidPolicy;
use crate::time::{self, Instant};

/// A rate limit for the calls to one peer.
///
/// Cloning is cheap, and the clones are one limit.
#[derive(Clone)]
pub struct RateLimit {
    shared: Arc<Shared>,
}

struct Shared {
    name: Arc<str>,
    start: Instant,
    state: RwLock<State>,
}

/// Written by a change of policy only; calls read it, and move its one atomic.
struct State {
    policy: RateLimitPolicy,
    gcra: Gcra,
}

impl RateLimit {
    /// A limit with its burst in full. `name` is what events, logs and errors call it.
    ///
    /// # Errors
    ///
    /// When [`RateLimitPolicy::validate`] finds fault with the policy.
    pub fn new(name: impl Into<Arc<str>>, policy: RateLimitPolicy) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        Ok(Self {
            shared: Arc::new(Shared {
                name: name.into(),
                start: time::now(),
                state: RwLock::new(State {
                    policy,
                    gcra: Gcra::new(policy),
                }),
            }),
        })
    }

    /// Reserves the next turn at `now`, which is [`time::now`] for everyone but tests, and tells how long to wait
    /// for it. The turn is used up whether or not the call is sent.
    ///
    /// # Errors
    ///
    /// [`Limited`] when it comes only after `by` or after the policy's `max_wait`; nothing is reserved then.
    pub fn reserve(&self, now: Instant, by: Deadline) -> Result<Duration, Limited> {
        self.grant(now, by).map(|grant| grant.wait)
    }

    /// Waits for the next turn, from `now` and until `by` or for the policy's `max_wait` at the latest.
    ///
    /// Cancel safe: a call dropped while it waits gives its turn back, unless another has been reserved behind it.
    ///
    /// # Errors
    ///
    /// [`Limited`] when it comes only after that; told at once, without waiting.
    ///
    /// # Panics
    ///
    /// If it has to wait outside a tokio runtime with its timer enabled.
    pub async fn acquire(&self, now: Instant, by: Deadline) -> Result<(), Limited> {
        if let Some(turn) = self.turn(now, by)? {
            turn.wait().await;
        }
        Ok(())
    }

    /// Changes the policy at once. Calls that were sent ahead of their time still are, as many as they were; who
    /// waits already waits as long as was told.
    ///
    /// # Errors
    ///
    /// When [`RateLimitPolicy::validate`] finds fault with the policy; the old one holds then.
    pub fn set_policy(&self, policy: RateLimitPolicy) -> Result<(), InvalidPolicy> {
        policy.validate()?;
        let mut state = self.shared.state.write().unwrap_or_else(PoisonError::into_inner);
        let now = self.since_start(time::now());
        state.gcra.reload(policy, now);
        state.policy = policy;
        Ok(())
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> RateLimitPolicy {
        self.state().policy
    }

    /// The name it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// The next turn, if it comes in time; `None` if it has come already.
    pub(crate) fn turn(&self, now: Instant, by: Deadline) -> Result<Option<Turn>, Limited> {
        let grant = self.grant(now, by)?;
        Ok((!grant.wait.is_zero()).then(|| Turn::new(self.clone(), grant, now)))
    }

    pub(super) fn give_back(&self, grant: Grant) {
        self.state().gcra.give_back(grant);
    }

    fn grant(&self, now: Instant, by: Deadline) -> Result<Grant, Limited> {
        let state = self.state();
        let longest = by.remaining_at(now).min(state.policy.max_wait);
        state
            .gcra
            .reserve(self.since_start(now), longest)
            .map_err(|wait| Limited::new(&self.shared.name, wait))
    }

    fn since_start(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.shared.start)
    }

    /// The state is replaced as a whole, so a poisoned lock still guards a sound one.
    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.shared.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("name", &self.name())
            .field("policy", &self.policy())
            .finish_non_exhaustive()
    }
}
