use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tower_service::Service;

use super::Completed;
use super::core::Core;
use super::rescue::Rescue;
use super::run::Run;
use crate::Error;
use crate::call::{Prepare, ServiceCalls};
use crate::classify::Classify;
use crate::fallback::Fallback;

pin_project! {
    /// A call through a [`PolicyService`](super::PolicyService). Time counts from its first poll; dropping it drops
    /// the attempts under way and hands all permits back.
    #[must_use = "a future does nothing before it is polled"]
    pub struct PolicyFuture<S, Op, C, P>
    where
        P: Prepare<Op>,
        S: Service<P::Request>,
        S: Clone,
    {
        #[pin]
        run: ServiceRun<S, Op, C, P>,
    }
}

impl<S, Op, C, P> PolicyFuture<S, Op, C, P>
where
    P: Prepare<Op>,
    S: Service<P::Request> + Clone,
{
    #[inline]
    pub(super) fn new(run: ServiceRun<S, Op, C, P>) -> Self {
        Self { run }
    }
}

impl<S, Op, C, P> Future for PolicyFuture<S, Op, C, P>
where
    P: Prepare<Op>,
    S: Service<P::Request> + Clone,
    C: Classify<S::Response, S::Error>,
{
    type Output = Result<S::Response, Error<S::Error>>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let ended = self.project().run.poll(context);
        ended.map(|ended| ended.result.map(Completed::into_value))
    }
}

impl<S, Op, C, P> fmt::Debug for PolicyFuture<S, Op, C, P>
where
    P: Prepare<Op>,
    S: Service<P::Request> + Clone,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyFuture").finish_non_exhaustive()
    }
}

pin_project! {
    /// A call through a [`PolicyFallbackService`](super::PolicyFallbackService); see [`PolicyFuture`].
    #[must_use = "a future does nothing before it is polled"]
    pub struct PolicyFallbackFuture<S, Op, C, P, F>
    where
        P: Prepare<Op>,
        S: Service<P::Request>,
        S: Clone,
        F: Fallback<Op, S::Response, Error<S::Error>>,
    {
        #[pin]
        rescue: ServiceRescue<S, Op, C, P, F>,
    }
}

type ServiceRun<S, Op, C, P> = Run<Arc<Core>, C, ServiceCalls<S, Op, P>>;
type ServiceRescue<S, Op, C, P, F> = Rescue<Arc<Core>, C, ServiceCalls<S, Op, P>, Arc<F>, F>;

impl<S, Op, C, P, F> PolicyFallbackFuture<S, Op, C, P, F>
where
    P: Prepare<Op>,
    S: Service<P::Request> + Clone,
    F: Fallback<Op, S::Response, Error<S::Error>>,
{
    pub(super) fn new(rescue: ServiceRescue<S, Op, C, P, F>) -> Self {
        Self { rescue }
    }
}

impl<S, Op, C, P, F> Future for PolicyFallbackFuture<S, Op, C, P, F>
where
    P: Prepare<Op>,
    S: Service<P::Request> + Clone,
    C: Classify<S::Response, S::Error>,
    F: Fallback<Op, S::Response, Error<S::Error>>,
{
    type Output = Result<Completed<S::Response>, Error<S::Error>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().rescue.poll(context)
    }
}

impl<S, Op, C, P, F> fmt::Debug for PolicyFallbackFuture<S, Op, C, P, F>
where
    P: Prepare<Op>,
    S: Service<P::Request> + Clone,
    F: Fallback<Op, S::Response, Error<S::Error>>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyFallbackFuture").finish_non_exhaustive()
    }
}
