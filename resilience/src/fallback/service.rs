use std::fmt;
use std::task::{Context, Poll};

use tower_service::Service;

use super::{Answer, Fallback, FallbackFuture};
use crate::classify::Classify;

/// A service with a fallback; made by [`FallbackLayer`](super::FallbackLayer).
///
/// Of a service that does not become ready the error is told as it is: there is no request to fall back for.
#[derive(Clone)]
pub struct FallbackService<S, F, C> {
    inner: S,
    fallback: F,
    classify: C,
}

impl<S, F, C> FallbackService<S, F, C> {
    pub(super) fn new(inner: S, fallback: F, classify: C) -> Self {
        Self {
            inner,
            fallback,
            classify,
        }
    }
}

impl<S, F, C, Req> Service<Req> for FallbackService<S, F, C>
where
    Req: Clone,
    S: Service<Req>,
    F: Fallback<Req, S::Response, S::Error> + Clone,
    C: Classify<S::Response, S::Error> + Clone,
{
    type Response = Answer<S::Response>;
    type Error = S::Error;
    type Future = FallbackFuture<S::Future, Req, S::Response, S::Error, F, C>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Req) -> Self::Future {
        let call = self.inner.call(request.clone());
        FallbackFuture::new(call, request, self.fallback.clone(), self.classify.clone())
    }
}

impl<S: fmt::Debug, F, C> fmt::Debug for FallbackService<S, F, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FallbackService")
            .field("inner", &self.inner)
            .finish_non_exhaustive()
    }
}
