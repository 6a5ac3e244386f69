use std::fmt;

use tower_layer::Layer;

use super::{Hedge, HedgeService};
use crate::budget::RetryBudget;
use crate::call::{Careful, Cloned};

/// Sends calls that take long once more, and takes the first answer.
///
/// `C` says which results count as one, see [`Classify`](crate::classify::Classify); `D` tells which requests may be
/// repeated, see [`Describe`](crate::Describe), by default none; `P` makes the request of each attempt, see
/// [`Prepare`](crate::Prepare). A failure that may pass calls for the next attempt at once.
///
/// ```
/// use resilience::Call;
/// use resilience::classify::TransientErrors;
/// use resilience::hedge::{Hedge, HedgeLayer, HedgePolicy};
/// use std::time::Duration;
/// use tower::{BoxError, Service, ServiceBuilder, ServiceExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let hedge = Hedge::new(HedgePolicy::after(Duration::from_millis(50)))?;
/// let mut service = ServiceBuilder::new()
///     .layer(HedgeLayer::new(hedge, TransientErrors).with_call(|_: &u32| Call::idempotent()))
///     .service_fn(|id: u32| async move { Ok::<_, BoxError>(id * 2) });
/// assert_eq!(service.ready().await?.call(21).await?, 42);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct HedgeLayer<C, D = Careful, P = Cloned> {
    pub(super) hedge: Hedge,
    pub(super) budget: Option<RetryBudget>,
    pub(super) classify: C,
    pub(super) describe: D,
    pub(super) prepare: P,
}

impl<C> HedgeLayer<C> {
    /// A layer with a default [`RetryBudget`] of its own.
    pub fn new(hedge: Hedge, classify: C) -> Self {
        Self {
            hedge,
            budget: Some(RetryBudget::default()),
            classify,
            describe: Careful,
            prepare: Cloned,
        }
    }
}

impl<C, D, P> HedgeLayer<C, D, P> {
    /// Shares a budget with others; `None` for hedges without one.
    #[must_use]
    pub fn with_budget(mut self, budget: impl Into<Option<RetryBudget>>) -> Self {
        self.budget = budget.into();
        self
    }

    /// What must be known of a request.
    #[must_use]
    pub fn with_call<D2>(self, describe: D2) -> HedgeLayer<C, D2, P> {
        HedgeLayer {
            hedge: self.hedge,
            budget: self.budget,
            classify: self.classify,
            describe,
            prepare: self.prepare,
        }
    }

    /// How the request of each attempt is made. By default it is cloned.
    #[must_use]
    pub fn with_request<P2>(self, prepare: P2) -> HedgeLayer<C, D, P2> {
        HedgeLayer {
            hedge: self.hedge,
            budget: self.budget,
            classify: self.classify,
            describe: self.describe,
            prepare,
        }
    }
}

impl<S, C: Clone, D: Clone, P: Clone> Layer<S> for HedgeLayer<C, D, P> {
    type Service = HedgeService<S, C, D, P>;

    fn layer(&self, inner: S) -> Self::Service {
        HedgeService::new(inner, self.clone())
    }
}

impl<C, D, P> fmt::Debug for HedgeLayer<C, D, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HedgeLayer")
            .field("hedge", &self.hedge)
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}
