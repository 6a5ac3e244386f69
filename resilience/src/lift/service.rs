use std::task::{Context, Poll};

use tower_service::Service;

use super::LiftFuture;
use crate::Error;

/// A service whose error is [`Error<E>`](crate::Error); made by [`LiftLayer`](super::LiftLayer).
#[derive(Debug, Clone)]
pub struct LiftService<S> {
    inner: S,
}

impl<S> LiftService<S> {
    pub(super) fn new(inner: S) -> Self {
        Self { inner }
    }
}

impl<S: Service<Req>, Req> Service<Req> for LiftService<S> {
    type Response = S::Response;
    type Error = Error<S::Error>;
    type Future = LiftFuture<S::Future>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner
            .poll_ready(context)
            .map_err(|error| Error::lifted(error, 0))
    }

    #[inline]
    fn call(&mut self, request: Req) -> Self::Future {
        LiftFuture::new(self.inner.call(request))
    }
}
