use std::fmt;
use std::mem;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower_service::Service;

use super::layer::PolicyLayer;
use super::rescue::Rescue;
use super::run::Run;
use super::{Completed, Policy, PolicyFallbackFuture, PolicyFuture};
use crate::call::{Describe, Prepare, ServiceCalls};
use crate::classify::Classify;
use crate::error::Error;
use crate::fallback::Fallback;
use crate::policy::core::Core;

/// A tower service under a policy; made by [`PolicyLayer`].
#[derive(Clone)]
pub struct PolicyService<S, C, D, P> {
    inner: S,
    layer: PolicyLayer<C, D, P>,
}

impl<S, C, D, P> PolicyService<S, C, D, P> {
    pub(super) fn new(inner: S, layer: PolicyLayer<C, D, P>) -> Self {
        Self { inner, layer }
    }

    /// Goes on under another policy, and gives back the one before.
    pub(crate) fn replace_policy(&mut self, policy: Policy) -> Policy {
        mem::replace(&mut self.layer.policy, policy)
    }

    /// The call of `operation`, with the inner service that is ready; a clone, which need not be, takes its place.
    #[inline]
    fn run<Op>(&mut self, operation: Op) -> Run<Arc<Core>, C, ServiceCalls<S, Op, P>>
    where
        P: Prepare<Op> + Clone,
        S: Service<P::Request> + Clone,
        C: Clone,
        D: Describe<Op>,
    {
        let PolicyLayer {
            policy,
            classify,
            describe,
            prepare,
        } = &self.layer;
        let call = describe.describe(&operation);
        let clone = self.inner.clone();
        let ready = mem::replace(&mut self.inner, clone);
        let calls = ServiceCalls::new(ready, operation, prepare.clone());
        Run::new(Arc::clone(&policy.core), call, classify.clone(), calls)
    }
}

impl<S, C, D, P, Op> Service<Op> for PolicyService<S, C, D, P>
where
    P: Prepare<Op> + Clone,
    S: Service<P::Request> + Clone,
    C: Classify<S::Response, S::Error> + Clone,
    D: Describe<Op>,
{
    type Response = S::Response;
    type Error = Error<S::Error>;
    type Future = PolicyFuture<S, Op, C, P>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner
            .poll_ready(context)
            .map_err(|error| Error::lifted(error, 0))
    }

    #[inline]
    fn call(&mut self, operation: Op) -> Self::Future {
        PolicyFuture::new(self.run(operation))
    }
}

impl<S: fmt::Debug, C, D, P> fmt::Debug for PolicyService<S, C, D, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyService")
            .field("inner", &self.inner)
            .field("policy", &self.layer.policy)
            .finish_non_exhaustive()
    }
}

/// A tower service under a policy with a fallback; made by [`PolicyFallbackLayer`](super::PolicyFallbackLayer).
#[derive(Clone)]
pub struct PolicyFallbackService<S, C, D, P, F> {
    service: PolicyService<S, C, D, P>,
    fallback: Arc<F>,
}

impl<S, C, D, P, F> PolicyFallbackService<S, C, D, P, F> {
    pub(super) fn new(service: PolicyService<S, C, D, P>, fallback: F) -> Self {
        Self {
            service,
            fallback: Arc::new(fallback),
        }
    }
}

impl<S, C, D, P, F, Op> Service<Op> for PolicyFallbackService<S, C, D, P, F>
where
    P: Prepare<Op> + Clone,
    S: Service<P::Request> + Clone,
    C: Classify<S::Response, S::Error> + Clone,
    D: Describe<Op>,
    F: Fallback<Op, S::Response, Error<S::Error>>,
{
    type Response = Completed<S::Response>;
    type Error = Error<S::Error>;
    type Future = PolicyFallbackFuture<S, Op, C, P, F>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, operation: Op) -> Self::Future {
        let run = self.service.run(operation);
        PolicyFallbackFuture::new(Rescue::new(run, Arc::clone(&self.fallback)))
    }
}

impl<S: fmt::Debug, C, D, P, F> fmt::Debug for PolicyFallbackService<S, C, D, P, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyFallbackService")
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}
