use std::fmt;
use std::mem;
use std::task::{Context, Poll};

use tower_service::Service;

use super::{RetryFuture, RetryLayer};
use crate::call::{Describe, Prepare, ServiceCalls};
use crate::classify::Classify;

/// A service whose calls are tried again; made by [`RetryLayer`].
#[derive(Clone)]
pub struct RetryService<S, C, D, P> {
    inner: S,
    layer: RetryLayer<C, D, P>,
}

impl<S, C, D, P> RetryService<S, C, D, P> {
    pub(super) fn new(inner: S, layer: RetryLayer<C, D, P>) -> Self {
        Self { inner, layer }
    }
}

impl<S, C, D, P, Op> Service<Op> for RetryService<S, C, D, P>
where
    P: Prepare<Op> + Clone,
    S: Service<P::Request> + Clone,
    C: Classify<S::Response, S::Error> + Clone,
    D: Describe<Op>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = RetryFuture<S, Op, C, P>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, operation: Op) -> Self::Future {
        let call = self.layer.describe.describe(&operation);
        // A clone need not be ready, so it is the one that stays.
        let clone = self.inner.clone();
        let ready = mem::replace(&mut self.inner, clone);
        let calls = ServiceCalls::new(ready, operation, self.layer.prepare.clone());
        RetryFuture::new(&self.layer, call, calls)
    }
}

impl<S: fmt::Debug, C, D, P> fmt::Debug for RetryService<S, C, D, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryService")
            .field("inner", &self.inner)
            .field("layer", &self.layer)
            .finish_non_exhaustive()
    }
}
