use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tower_service::Service;

use super::Limited;
use super::turn::Turn;
use crate::gate::Gated;

pin_project! {
    /// A call through a [`RateLimitService`](super::RateLimitService).
    ///
    /// Dropping it drops the call, or gives the turn that it waits for back, unless another has been reserved behind
    /// it. A rejection is ready at once.
    #[must_use = "a future does nothing before it is polled"]
    pub struct RateLimitFuture<S, Req>
    where
        S: Service<Req>,
    {
        #[pin]
        call: Gated<S, Req, (), Limited>,
    }
}

impl<S: Service<Req>, Req> RateLimitFuture<S, Req> {
    pub(super) fn calling(call: S::Future) -> Self {
        Self {
            call: Gated::calling(call, ()),
        }
    }

    pub(super) fn rejected(limited: Limited) -> Self {
        Self {
            call: Gated::rejected(limited),
        }
    }

    pub(super) fn waiting(turn: Turn, service: &mut S, request: Req) -> Self
    where
        S: Clone,
    {
        let permission = Box::pin(async move {
            turn.wait().await;
            Ok(())
        });
        Self {
            call: Gated::waiting(permission, service, request),
        }
    }
}

impl<S, Req> Future for RateLimitFuture<S, Req>
where
    S: Service<Req>,
    S::Error: From<Limited>,
{
    type Output = Result<S::Response, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let call = self.project().call;
        call.poll_guarded(context, From::from).map(|(result, _)| result)
    }
}

impl<S: Service<Req>, Req> fmt::Debug for RateLimitFuture<S, Req> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimitFuture").finish_non_exhaustive()
    }
}
