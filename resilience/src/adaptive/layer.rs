use std::fmt;

use tower_layer::Layer;

use super::{AdaptiveLimit, AdaptiveService};
use crate::breaker::NoDeadline;
use crate::event::{Event, Events};

/// Puts an adaptive concurrency limit around a tower service. Cloning is cheap, and all services of it share the
/// limit.
///
/// `C` says what a result means, see [`Classify`](crate::classify::Classify): what is throttled, and a failure worth
/// another attempt after a wait, counts as an overload; a failure that would come again says nothing about load. `D`
/// tells the deadline of a request, see [`RequestDeadline`](crate::breaker::RequestDeadline).
///
/// ```
/// use resilience::adaptive::{AdaptiveLayer, AdaptiveLimit, AdaptivePolicy};
/// use resilience::classify::TransientErrors;
/// use tower::{BoxError, Service, ServiceBuilder, ServiceExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let limit = AdaptiveLimit::new("reviews", AdaptivePolicy::default())?;
/// let mut service = ServiceBuilder::new()
///     .layer(AdaptiveLayer::new(limit.clone(), TransientErrors))
///     .service_fn(|_: u32| async { Err::<u32, _>(BoxError::from("503")) });
/// service.ready().await?.call(21).await.unwrap_err();
/// assert_eq!(limit.limit(), 18, "it was 20");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AdaptiveLayer<C, D = NoDeadline> {
    limit: AdaptiveLimit,
    classify: C,
    deadline: D,
    events: Events,
}

impl<C> AdaptiveLayer<C> {
    /// A layer of `limit`, which may have other users beside it.
    #[must_use]
    pub fn new(limit: AdaptiveLimit, classify: C) -> Self {
        Self {
            limit,
            classify,
            deadline: NoDeadline,
            events: Events::none(),
        }
    }
}

impl<C, D> AdaptiveLayer<C, D> {
    /// Where the deadlines of requests come from: none waits for a slot any longer, and a call that is dropped later
    /// counts as an overload, so that a timeout outside the limit is seen by it. By default there are none.
    #[must_use]
    pub fn with_deadline<E>(self, deadline: E) -> AdaptiveLayer<C, E> {
        AdaptiveLayer {
            limit: self.limit,
            classify: self.classify,
            deadline,
            events: self.events,
        }
    }

    /// The way by which rejections and moves of the limit reach those who listen. By default nobody does.
    #[must_use]
    pub fn events(mut self, events: &Events) -> Self {
        self.events = self.events.moved_to(events);
        self
    }

    /// Tells `listener` of rejections, and of the moves that calls through this layer bring about, as they happen and
    /// outside any lock.
    ///
    /// It must be quick, must not block and must not panic.
    #[must_use]
    pub fn on_event(mut self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.events = self.events.with_own(listener);
        self
    }
}

impl<S, C: Clone, D: Clone> Layer<S> for AdaptiveLayer<C, D> {
    type Service = AdaptiveService<S, C, D>;

    fn layer(&self, inner: S) -> Self::Service {
        AdaptiveService::new(
            inner,
            self.limit.clone(),
            self.classify.clone(),
            self.deadline.clone(),
            self.events.clone(),
        )
    }
}

impl<C, D> fmt::Debug for AdaptiveLayer<C, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdaptiveLayer")
            .field("limit", &self.limit)
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}
