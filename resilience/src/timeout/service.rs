use std::task::{Context, Poll};
use std::time::Duration;

use tower_service::Service;

use super::{Elapsed, TimeoutFuture};

/// A service with a time limit; made by [`TimeoutLayer`](super::TimeoutLayer). The time until it is ready does not
/// count.
#[derive(Debug, Clone)]
pub struct TimeoutService<S> {
    inner: S,
    limit: Duration,
}

impl<S> TimeoutService<S> {
    pub(super) fn new(inner: S, limit: Duration) -> Self {
        Self { inner, limit }
    }
}

impl<S, Req> Service<Req> for TimeoutService<S>
where
    S: Service<Req>,
    S::Error: From<Elapsed>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = TimeoutFuture<S::Future>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Req) -> Self::Future {
        TimeoutFuture::new(self.inner.call(request), self.limit)
    }
}
