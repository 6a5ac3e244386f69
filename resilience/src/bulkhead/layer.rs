use tower_layer::Layer;

use super::{Bulkhead, BulkheadService};
use crate::breaker::NoDeadline;
use crate::event::{Event, Events};

/// Puts a bulkhead around a tower service. Cloning is cheap, and all services of it share the bulkhead.
///
/// `D` tells the deadline of a request, see [`RequestDeadline`](crate::breaker::RequestDeadline).
///
/// ```
/// use resilience::bulkhead::{Bulkhead, BulkheadLayer, BulkheadPolicy};
/// use tower::{BoxError, Service, ServiceBuilder, ServiceExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let bulkhead = Bulkhead::new("reviews", BulkheadPolicy::default().with_max_concurrent(1))?;
/// let mut service = ServiceBuilder::new()
///     .layer(BulkheadLayer::new(bulkhead.clone()))
///     .service_fn(|id: u32| async move { Ok::<_, BoxError>(id * 2) });
/// assert_eq!(service.ready().await?.call(21).await?, 42);
///
/// let _slot = bulkhead.try_acquire()?;
/// assert!(service.ready().await?.call(21).await.is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct BulkheadLayer<D = NoDeadline> {
    bulkhead: Bulkhead,
    deadline: D,
    events: Events,
}

impl BulkheadLayer {
    /// A layer of `bulkhead`, which may have other users beside it.
    #[must_use]
    pub fn new(bulkhead: Bulkhead) -> Self {
        Self {
            bulkhead,
            deadline: NoDeadline,
            events: Events::none(),
        }
    }
}

impl<D> BulkheadLayer<D> {
    /// Where the deadlines of requests come from: none waits for a slot any longer. By default there are none.
    #[must_use]
    pub fn with_deadline<E>(self, deadline: E) -> BulkheadLayer<E> {
        BulkheadLayer {
            bulkhead: self.bulkhead,
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

impl<S, D: Clone> Layer<S> for BulkheadLayer<D> {
    type Service = BulkheadService<S, D>;

    fn layer(&self, inner: S) -> Self::Service {
        BulkheadService::new(
            inner,
            self.bulkhead.clone(),
            self.deadline.clone(),
            self.events.clone(),
        )
    }
}
