use tower_layer::Layer;

use super::{RateLimit, RateLimitService};
use crate::breaker::NoDeadline;
use crate::event::{Event, Events};

/// Puts a rate limit in front of a tower service. Cloning is cheap, and all services of it share the limit.
///
/// `D` tells the deadline of a request, see [`RequestDeadline`](crate::breaker::RequestDeadline).
///
/// ```
/// use resilience::rate_limit::{RateLimit, RateLimitLayer, RateLimitPolicy};
/// use std::time::Duration;
/// use tower::{BoxError, Service, ServiceBuilder, ServiceExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let once_a_day = RateLimitPolicy::default()
///     .with_rate(1, Duration::from_secs(24 * 60 * 60))
///     .with_burst(1);
/// let mut service = ServiceBuilder::new()
///     .layer(RateLimitLayer::new(RateLimit::new("reports", once_a_day)?))
///     .service_fn(|id: u32| async move { Ok::<_, BoxError>(id * 2) });
/// assert_eq!(service.ready().await?.call(21).await?, 42);
/// assert!(service.ready().await?.call(21).await.is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct RateLimitLayer<D = NoDeadline> {
    limit: RateLimit,
    deadline: D,
    events: Events,
}

impl RateLimitLayer {
    /// A layer of `limit`, which may have other users beside it.
    #[must_use]
    pub fn new(limit: RateLimit) -> Self {
        Self {
            limit,
            deadline: NoDeadline,
            events: Events::none(),
        }
    }
}

impl<D> RateLimitLayer<D> {
    /// Where the deadlines of requests come from: a turn that comes later is not waited for. By default there are
    /// none.
    #[must_use]
    pub fn with_deadline<E>(self, deadline: E) -> RateLimitLayer<E> {
        RateLimitLayer {
            limit: self.limit,
            deadline,
            events: self.events,
        }
    }

    /// The way by which rejections reach those who listen. By default nobody does.
    #[must_use]
    pub fn events(mut self, events: &Events) -> Self {
        self.events = self.events.moved_to(events);
        self
    }

    /// Tells `listener` of rejections, as they happen and outside any lock.
    ///
    /// It must be quick, must not block and must not panic.
    #[must_use]
    pub fn on_event(mut self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.events = self.events.with_own(listener);
        self
    }
}

impl<S, D: Clone> Layer<S> for RateLimitLayer<D> {
    type Service = RateLimitService<S, D>;

    fn layer(&self, inner: S) -> Self::Service {
        RateLimitService::new(
            inner,
            self.limit.clone(),
            self.deadline.clone(),
            self.events.clone(),
        )
    }
}
