use std::fmt;

use tower_layer::Layer;

use super::{BreakerService, CircuitBreaker};
use crate::Deadline;
use crate::event::{Event, Events};

/// Puts a circuit breaker around a tower service. Cloning is cheap, and all services of it share the breaker.
///
/// `C` says what counts as a failure, see [`Classify`](crate::classify::Classify); `D` tells the deadline of a request.
///
/// ```
/// use resilience::breaker::{BreakerLayer, BreakerPolicy, CircuitBreaker};
/// use resilience::classify::TransientErrors;
/// use tower::{BoxError, Service, ServiceBuilder, ServiceExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let breaker = CircuitBreaker::new("catalogue", BreakerPolicy::default())?;
/// let mut service = ServiceBuilder::new()
///     .layer(BreakerLayer::new(breaker.clone(), TransientErrors))
///     .service_fn(|id: u32| async move { Ok::<_, BoxError>(id * 2) });
/// assert_eq!(service.ready().await?.call(21).await?, 42);
///
/// breaker.isolate();
/// assert!(service.ready().await?.call(21).await.is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct BreakerLayer<C, D = NoDeadline> {
    breaker: CircuitBreaker,
    classify: C,
    deadline: D,
    events: Events,
}

/// Tells by when the call of a request must have ended.
///
/// A call that is dropped later than that counts as a failure, so that a timeout outside the breaker is seen by it. A
/// closure is one.
pub trait RequestDeadline<Req> {
    /// The deadline of `request`, if it has one.
    fn deadline(&self, request: &Req) -> Option<Deadline>;
}

/// No request has a deadline: a call that is dropped counts for nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoDeadline;

impl<Req> RequestDeadline<Req> for NoDeadline {
    fn deadline(&self, _: &Req) -> Option<Deadline> {
        None
    }
}

impl<Req, F: Fn(&Req) -> Option<Deadline>> RequestDeadline<Req> for F {
    fn deadline(&self, request: &Req) -> Option<Deadline> {
        self(request)
    }
}

impl<C> BreakerLayer<C> {
    /// A layer of `breaker`, which may have other users beside it.
    pub fn new(breaker: CircuitBreaker, classify: C) -> Self {
        Self {
            breaker,
            classify,
            deadline: NoDeadline,
            events: Events::none(),
        }
    }
}

impl<C, D> BreakerLayer<C, D> {
    /// Where the deadlines of requests come from. By default there are none.
    #[must_use]
    pub fn with_deadline<E>(self, deadline: E) -> BreakerLayer<C, E> {
        BreakerLayer {
            breaker: self.breaker,
            classify: self.classify,
            deadline,
            events: self.events,
        }
    }

    /// Tells `listener` of rejections, and of the changes that calls through this layer bring about, as they happen and
    /// outside any lock.
    ///
    /// It must be quick, must not block and must not panic.
    #[must_use]
    pub fn on_event(mut self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.events = self.events.with_own(listener);
        self
    }
}

impl<S, C: Clone, D: Clone> Layer<S> for BreakerLayer<C, D> {
    type Service = BreakerService<S, C, D>;

    fn layer(&self, inner: S) -> Self::Service {
        BreakerService::new(
            inner,
            self.breaker.clone(),
            self.classify.clone(),
            self.deadline.clone(),
            self.events.clone(),
        )
    }
}

impl<C, D> fmt::Debug for BreakerLayer<C, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BreakerLayer")
            .field("breaker", &self.breaker)
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}
