use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tower_service::Service;

use super::Fault;
use crate::gate::{Gated, Permission};

pin_project! {
    /// A call through a [`ChaosService`](super::ChaosService).
    ///
    /// Dropping it drops the call, if it was made.
    #[must_use = "a future does nothing before it is polled"]
    pub struct ChaosFuture<S, Req, F>
    where
        S: Service<Req>,
    {
        // The guard is the fault that the answer is lost by.
        #[pin]
        call: Gated<S, Req, Option<Fault>, Fault>,
        error: F,
    }
}

impl<S: Service<Req>, Req, F> ChaosFuture<S, Req, F> {
    pub(super) fn calling(call: S::Future, fault: Option<Fault>, error: F) -> Self {
        Self {
            call: Gated::calling(call, fault),
            error,
        }
    }

    pub(super) fn waiting(
        permission: Permission<Option<Fault>, Fault>,
        service: &mut S,
        request: Req,
        error: F,
    ) -> Self
    where
        S: Clone,
    {
        Self {
            call: Gated::waiting(permission, service, request),
            error,
        }
    }
}

impl<S, Req, F> Future for ChaosFuture<S, Req, F>
where
    S: Service<Req>,
    F: Fn(Fault) -> S::Error,
{
    type Output = Result<S::Response, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let (result, fault) = ready!(this.call.poll_guarded(context, &*this.error));
        Poll::Ready(match fault.flatten() {
            Some(fault) => Err((this.error)(fault)),
            None => result,
        })
    }
}

impl<S: Service<Req>, Req, F> fmt::Debug for ChaosFuture<S, Req, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChaosFuture").finish_non_exhaustive()
    }
}
