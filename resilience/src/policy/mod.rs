//! The policies composed, in the one order that works.

mod builder;
mod call;
mod run;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

pub use builder::PolicyBuilder;
pub use call::{Attempt, Call, Completed};

use crate::Error;
use crate::breaker::CircuitBreaker;
use crate::budget::RetryBudget;
use crate::classify::Classify;
use crate::event::Events;
use crate::retry::{Random, RetryPolicy};
use crate::timeout::TimeoutPolicy;

/// Deadline, retry with budget, circuit breaker and attempt timeout around any async call, in this order from
/// the outside in.
///
/// The order is fixed: a retry is seen by the breaker as a call of its own, an attempt that times out is a
/// failure for the breaker, and nothing outlives the deadline. Cloning is cheap, and the clones share the
/// breaker and the budget.
#[derive(Clone)]
pub struct Policy {
    shared: Arc<Shared>,
}

struct Shared {
    timeouts: TimeoutPolicy,
    retry: RetryPolicy,
    budget: Option<RetryBudget>,
    breaker: Option<CircuitBreaker>,
    random: Random,
    events: Events,
}

impl Policy {
    /// Starts from the defaults: 5 s for the call, 2 s for an attempt, [`RetryPolicy::default`], a
    /// [`RetryBudget`] of its own, no circuit breaker.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::default()
    }

    /// Runs `operation` under this policy until it succeeds or must not go on.
    ///
    /// `operation` is called once for each attempt and must start afresh each time. An `Ok` that `classify`
    /// calls a failure is retried like an error, dropped before the wait, and returned as it is when it is the
    /// last. A panic of `operation` or `classify` passes through and counts as a cancelled call.
    ///
    /// Cancel safe: dropping the future drops the attempt under way, hands the breaker's permit back and leaves
    /// nothing behind.
    ///
    /// # Errors
    ///
    /// [`Error`] tells what ended the call; see [`ErrorKind`](crate::ErrorKind).
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime with its timer enabled.
    pub async fn run<T, E, C, F, Fut>(
        &self,
        call: Call,
        classify: C,
        operation: F,
    ) -> Result<Completed<T>, Error<E>>
    where
        C: Classify<T, E>,
        F: FnMut(Attempt) -> Fut,
        Fut: Future<Output = Result<T, E>>,
    {
        run::run(&self.shared, call, classify, operation).await
    }

    /// The circuit breaker, if there is one.
    #[must_use]
    pub fn breaker(&self) -> Option<&CircuitBreaker> {
        self.shared.breaker.as_ref()
    }

    /// The time limits.
    #[must_use]
    pub fn timeouts(&self) -> TimeoutPolicy {
        self.shared.timeouts
    }

    /// The way by which its events reach whoever listens.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.shared.events
    }

    /// The retry policy.
    #[must_use]
    pub fn retry(&self) -> RetryPolicy {
        self.shared.retry
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("timeouts", &self.shared.timeouts)
            .field("retry", &self.shared.retry)
            .field("budget", &self.shared.budget)
            .field("breaker", &self.shared.breaker)
            .field("random", &self.shared.random)
            .field("events", &self.shared.events)
            .finish()
    }
}
