//! The policies composed, in the one order that works, and their tower face.
//!
//! [`Policy::layer`] puts a policy around any tower service, and composes with other layers:
//!
//! ```
//! use resilience::{Call, Policy};
//! use tower::{BoxError, Service, ServiceBuilder, ServiceExt};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let policy = Policy::builder().build()?;
//! let mut prices = ServiceBuilder::new()
//!     .concurrency_limit(64)
//!     .layer(policy.layer().with_call(|_: &u32| Call::idempotent()))
//!     .service_fn(|id: u32| async move { Ok::<_, std::io::Error>(id * 100) });
//! assert_eq!(prices.ready().await?.call(7).await?, 700);
//! # Ok(())
//! # }
//! ```

mod attempts;
mod builder;
mod completed;
mod core;
mod flight;
mod future;
mod gate;
mod hedges;
mod hedging;
mod layer;
mod part;
mod progress;
mod rescue;
mod run;
mod service;
mod stage;
mod timeouts;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

pub use builder::PolicyBuilder;
pub use completed::Completed;
pub use future::{PolicyFallbackFuture, PolicyFuture};
pub use layer::{PolicyFallbackLayer, PolicyLayer};
pub use service::{PolicyFallbackService, PolicyService};

use self::core::Core;
use self::rescue::Rescue;
use self::run::Run;
use crate::adaptive::AdaptiveLimit;
use crate::breaker::CircuitBreaker;
use crate::budget::RetryBudget;
use crate::bulkhead::Bulkhead;
use crate::call::{Attempt, Call, Careful, Cloned, Closure};
use crate::classify::{Classify, TransientErrors};
use crate::event::Events;
use crate::fallback::Fallback;
use crate::hedge::Hedge;
use crate::rate_limit::RateLimit;
use crate::retry::RetryPolicy;
use crate::settings::Settings;
use crate::timeout::TimeoutPolicy;
use crate::{Error, InvalidPolicy};

/// Everything that keeps a call to a peer from doing harm, around any async call, in one order from the outside in:
///
/// ```text
/// deadline > fallback > bulkhead or adaptive limit > rate limit
///          > retry or hedge (+ budget) > circuit breaker > attempt timeout > the call
/// ```
///
/// The order is fixed: a retry is seen by the breaker as a call of its own, an attempt that times out is a
/// failure for the breaker, and nothing outlives the deadline. Cloning is cheap, and the clones share all state.
#[derive(Clone)]
pub struct Policy {
    core: Arc<Core>,
}

impl Policy {
    /// Starts from the defaults: 5 s for the call, 2 s for an attempt, [`RetryPolicy::default`], a
    /// [`RetryBudget`] of its own, and nothing else.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::default()
    }

    /// The policy of `settings`, with parts of its own that are all called `name`.
    ///
    /// # Errors
    ///
    /// When [`Settings::validate`] finds fault with them.
    pub fn from_settings(name: impl Into<Arc<str>>, settings: &Settings) -> Result<Self, InvalidPolicy> {
        Self::telling(&Events::new(name), settings)
    }

    /// Like [`from_settings`](Self::from_settings), named as `events` are and telling them what happens.
    pub(crate) fn telling(events: &Events, settings: &Settings) -> Result<Self, InvalidPolicy> {
        let policy = Self::builder().without_retry_budget().events(events).build()?;
        // Makes the parts.
        policy.reload(settings)?;
        Ok(policy)
    }

    /// Goes by other settings from now on, and keeps the state: what the breaker has counted, the balance of the
    /// budget, who is in the bulkhead. Calls under way go on as they began, but what follows in them is new.
    ///
    /// A part that the settings do not have is switched off, and has its state still when it is switched on again. A
    /// part that is shared with other policies changes for all of them.
    ///
    /// # Errors
    ///
    /// When [`Settings::validate`] finds fault with them; everything stays as it was then.
    pub fn reload(&self, settings: &Settings) -> Result<(), InvalidPolicy> {
        self.core.reload(settings)
    }

    /// Runs `operation` under this policy until it succeeds or must not go on.
    ///
    /// `operation` is called once for each attempt and must start afresh each time. An `Ok` that `classify`
    /// calls a failure is retried like an error, dropped before the wait, and returned as it is when it is the
    /// last. A panic of `operation` or `classify` passes through and counts as a cancelled call. The
    /// [deadline of the scope](crate::Deadline::scope) holds too.
    ///
    /// Cancel safe: dropping the future drops the attempts under way, hands all permits back and leaves nothing behind.
    ///
    /// # Errors
    ///
    /// [`Error`] tells what ended the call; see [`ErrorKind`](crate::ErrorKind).
    ///
    /// # Panics
    ///
    /// If it has to wait outside a tokio runtime with its timer enabled.
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
        Run::new(&*self.core, call, classify, Closure(operation))
            .await
            .result
    }

    /// Like [`run`](Self::run); `fallback` is asked for a value when the call has failed, unless the peer's answer is
    /// definitive. It is told by [`Completed::is_fallback`]. What it has to wait for must come before the deadline.
    ///
    /// Cancel safe as [`run`](Self::run), if the fallback is.
    ///
    /// # Errors
    ///
    /// Those of the call, when the fallback has nothing either.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    pub async fn run_or<T, E, C, F, Fut, B>(
        &self,
        call: Call,
        classify: C,
        operation: F,
        fallback: &B,
    ) -> Result<Completed<T>, Error<E>>
    where
        C: Classify<T, E>,
        F: FnMut(Attempt) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        B: Fallback<(), T, Error<E>>,
    {
        let run = Run::new(&*self.core, call, classify, Closure(operation));
        Rescue::new(run, fallback).await
    }

    /// This policy as a tower layer. By default requests are clones of the first one, no call is idempotent, and an
    /// `Err` is a failure that may pass.
    #[must_use]
    pub fn layer(&self) -> PolicyLayer<TransientErrors, Careful, Cloned> {
        PolicyLayer::new(self.clone())
    }

    /// Whether a clone of it, or a call of its tower face, is somewhere.
    pub(crate) fn is_shared(&self) -> bool {
        Arc::strong_count(&self.core) > 1
    }

    /// The circuit breaker, if there is one.
    #[must_use]
    pub fn breaker(&self) -> Option<&CircuitBreaker> {
        self.core.breaker.get()
    }

    /// The retry budget, if there is one.
    #[must_use]
    pub fn budget(&self) -> Option<&RetryBudget> {
        self.core.budget.get()
    }

    /// When slow attempts get company, if they do.
    #[must_use]
    pub fn hedge(&self) -> Option<&Hedge> {
        self.core.hedge.get()
    }

    /// The bulkhead, if there is one.
    #[must_use]
    pub fn bulkhead(&self) -> Option<&Bulkhead> {
        self.core.bulkhead.get()
    }

    /// The adaptive limit, if there is one.
    #[must_use]
    pub fn adaptive_limit(&self) -> Option<&AdaptiveLimit> {
        self.core.adaptive.get()
    }

    /// The rate limit, if there is one.
    #[must_use]
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.core.rate_limit.get()
    }

    /// The time limits.
    #[must_use]
    pub fn timeouts(&self) -> TimeoutPolicy {
        self.core.timeouts.load()
    }

    /// The retry policy.
    #[must_use]
    pub fn retry(&self) -> RetryPolicy {
        self.core.retry()
    }

    /// The way by which its events reach whoever listens.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.core.events
    }

    fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("timeouts", &self.timeouts())
            .field("bulkhead", &self.bulkhead())
            .field("adaptive_limit", &self.adaptive_limit())
            .field("rate_limit", &self.rate_limit())
            .field("retry", &self.retry())
            .field("hedge", &self.hedge())
            .field("budget", &self.budget())
            .field("breaker", &self.breaker())
            .field("random", &self.core.random)
            .field("events", &self.core.events)
            .finish()
    }
}
