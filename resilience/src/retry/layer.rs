use std::fmt;

use tower_layer::Layer;

use super::{Random, RetryPolicy, RetryService};
use crate::budget::RetryBudget;
use crate::call::{Careful, Cloned};
use crate::invalid::InvalidPolicy;

/// Tries calls again that failed in a way that may pass.
///
/// `C` says which did, see [`Classify`](crate::classify::Classify); `D` tells what must be known of a request, see
/// [`Describe`](crate::Describe), and `P` makes the request of each attempt, see [`Prepare`](crate::Prepare).
///
/// Alone it cuts nothing off: put a [`TimeoutLayer`](crate::timeout::TimeoutLayer) inside. The error is that of the
/// last attempt, as the service gave it.
///
/// ```
/// use resilience::Call;
/// use resilience::classify::TransientErrors;
/// use resilience::retry::{RetryLayer, RetryPolicy};
/// use tower::{BoxError, Service, ServiceBuilder, ServiceExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let mut service = ServiceBuilder::new()
///     .layer(RetryLayer::new(RetryPolicy::default(), TransientErrors)?.with_call(|_: &u32| Call::idempotent()))
///     .service_fn(|id: u32| async move { Ok::<_, BoxError>(id * 2) });
/// assert_eq!(service.ready().await?.call(21).await?, 42);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RetryLayer<C, D = Careful, P = Cloned> {
    pub(super) policy: RetryPolicy,
    pub(super) budget: Option<RetryBudget>,
    pub(super) random: Random,
    pub(super) classify: C,
    pub(super) describe: D,
    pub(super) prepare: P,
}

impl<C> RetryLayer<C> {
    /// A layer with a default [`RetryBudget`] of its own. By default no call is idempotent, so that only what never
    /// reached the peer is repeated.
    ///
    /// # Errors
    ///
    /// When [`RetryPolicy::validate`] finds fault with the policy.
    pub fn new(policy: RetryPolicy, classify: C) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        Ok(Self {
            policy,
            budget: Some(RetryBudget::default()),
            random: Random::default(),
            classify,
            describe: Careful,
            prepare: Cloned,
        })
    }
}

impl<C, D, P> RetryLayer<C, D, P> {
    /// Shares a budget with others; `None` for retries without one.
    #[must_use]
    pub fn with_budget(mut self, budget: impl Into<Option<RetryBudget>>) -> Self {
        self.budget = budget.into();
        self
    }

    /// Where the chance in back-off comes from. By default a generator of the current thread.
    #[must_use]
    pub fn with_random(mut self, random: Random) -> Self {
        self.random = random;
        self
    }

    /// What must be known of a request.
    #[must_use]
    pub fn with_call<D2>(self, describe: D2) -> RetryLayer<C, D2, P> {
        RetryLayer {
            policy: self.policy,
            budget: self.budget,
            random: self.random,
            classify: self.classify,
            describe,
            prepare: self.prepare,
        }
    }

    /// How the request of each attempt is made. By default it is cloned.
    #[must_use]
    pub fn with_request<P2>(self, prepare: P2) -> RetryLayer<C, D, P2> {
        RetryLayer {
            policy: self.policy,
            budget: self.budget,
            random: self.random,
            classify: self.classify,
            describe: self.describe,
            prepare,
        }
    }
}

impl<S, C: Clone, D: Clone, P: Clone> Layer<S> for RetryLayer<C, D, P> {
    type Service = RetryService<S, C, D, P>;

    fn layer(&self, inner: S) -> Self::Service {
        RetryService::new(inner, self.clone())
    }
}

impl<C, D, P> fmt::Debug for RetryLayer<C, D, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryLayer")
            .field("policy", &self.policy)
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}
