use std::fmt;

use tower_layer::Layer;

use super::{Policy, PolicyFallbackService, PolicyService};

/// A whole policy around a tower service; made by [`Policy::layer`].
///
/// `C` says what a result means ([`Classify`](crate::classify::Classify)), `D` what must be known of a request
/// ([`Describe`](crate::Describe)), `P` makes the request of each attempt ([`Prepare`](crate::Prepare)).
///
/// The error is [`Error<E>`](crate::Error) with the `E` of the inner service. Its readiness is that of the inner
/// service too; a call that has to wait for its place or its turn waits in its future.
#[derive(Clone)]
pub struct PolicyLayer<C, D, P> {
    pub(super) policy: Policy,
    pub(super) classify: C,
    pub(super) describe: D,
    pub(super) prepare: P,
}

impl<C: Default, D: Default, P: Default> PolicyLayer<C, D, P> {
    pub(super) fn new(policy: Policy) -> Self {
        Self {
            policy,
            classify: C::default(),
            describe: D::default(),
            prepare: P::default(),
        }
    }
}

impl<C, D, P> PolicyLayer<C, D, P> {
    /// What a result means. By default an `Err` is a failure that may pass, and an `Ok` a success.
    #[must_use]
    pub fn with_classifier<C2>(self, classify: C2) -> PolicyLayer<C2, D, P> {
        PolicyLayer {
            policy: self.policy,
            classify,
            describe: self.describe,
            prepare: self.prepare,
        }
    }

    /// What must be known of a request. By default it is not idempotent and has no deadline.
    #[must_use]
    pub fn with_call<D2>(self, describe: D2) -> PolicyLayer<C, D2, P> {
        PolicyLayer {
            policy: self.policy,
            classify: self.classify,
            describe,
            prepare: self.prepare,
        }
    }

    /// How the request of each attempt is made of what the outer service is called with. By default it is cloned.
    #[must_use]
    pub fn with_request<P2>(self, prepare: P2) -> PolicyLayer<C, D, P2> {
        PolicyLayer {
            policy: self.policy,
            classify: self.classify,
            describe: self.describe,
            prepare,
        }
    }

    /// What stands in for an answer that did not come. The response is a [`Completed`](crate::Completed) then, which
    /// says where it came from.
    #[must_use]
    pub fn with_fallback<F>(self, fallback: F) -> PolicyFallbackLayer<C, D, P, F> {
        PolicyFallbackLayer {
            layer: self,
            fallback,
        }
    }
}

impl<S, C: Clone, D: Clone, P: Clone> Layer<S> for PolicyLayer<C, D, P> {
    type Service = PolicyService<S, C, D, P>;

    fn layer(&self, inner: S) -> Self::Service {
        PolicyService::new(inner, self.clone())
    }
}

impl<C, D, P> fmt::Debug for PolicyLayer<C, D, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyLayer")
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

/// A whole policy with a fallback around a tower service; made by [`PolicyLayer::with_fallback`].
#[derive(Clone)]
pub struct PolicyFallbackLayer<C, D, P, F> {
    layer: PolicyLayer<C, D, P>,
    fallback: F,
}

impl<S, C: Clone, D: Clone, P: Clone, F: Clone> Layer<S> for PolicyFallbackLayer<C, D, P, F> {
    type Service = PolicyFallbackService<S, C, D, P, F>;

    fn layer(&self, inner: S) -> Self::Service {
        PolicyFallbackService::new(self.layer.layer(inner), self.fallback.clone())
    }
}

impl<C, D, P, F> fmt::Debug for PolicyFallbackLayer<C, D, P, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyFallbackLayer")
            .field("policy", &self.layer.policy)
            .finish_non_exhaustive()
    }
}
