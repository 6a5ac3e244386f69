use std::time::Duration;

use tower_layer::Layer;

use super::TimeoutService;

/// Cuts each call off after a time limit.
///
/// Unlike tower's own, it needs no box for its error: it asks that the service's can be made from an
/// [`Elapsed`](super::Elapsed). And a call that is ready at once costs neither a timer nor a look at the clock.
///
/// ```
/// use resilience::timeout::{Elapsed, TimeoutLayer};
/// use std::time::Duration;
/// use tower::{BoxError, Service, ServiceBuilder, ServiceExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// let mut service = ServiceBuilder::new()
///     .layer(TimeoutLayer::new(Duration::from_millis(10)))
///     .service_fn(|_: u32| std::future::pending::<Result<u32, BoxError>>());
/// let error = service.ready().await?.call(7).await.unwrap_err();
/// assert!(error.is::<Elapsed>());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TimeoutLayer {
    limit: Duration,
}

impl TimeoutLayer {
    /// Calls may take `limit`, counted from the first poll. A limit of zero leaves them one poll.
    #[must_use]
    pub fn new(limit: Duration) -> Self {
        Self { limit }
    }
}

impl<S> Layer<S> for TimeoutLayer {
    type Service = TimeoutService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        TimeoutService::new(inner, self.limit)
    }
}
