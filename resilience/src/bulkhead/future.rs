use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tower_service::Service;

use super::{Full, Slot};
use crate::gate::{Gated, Permission};

pin_project! {
    /// A call through a [`BulkheadService`](super::BulkheadService).
    ///
    /// Dropping it drops the call and gives the slot back, or the place in the queue up. A rejection without a wait is
    /// ready at once.
    #[must_use = "a future does nothing before it is polled"]
    pub struct BulkheadFuture<S, Req>
    where
        S: Service<Req>,
    {
        #[pin]
        call: Gated<S, Req, Slot, Full>,
    }
}

impl<S: Service<Req>, Req> BulkheadFuture<S, Req> {
    pub(super) fn calling(call: S::Future, slot: Slot) -> Self {
        Self {
            call: Gated::calling(call, slot),
        }
    }

    pub(super) fn rejected(full: Full) -> Self {
        Self {
            call: Gated::rejected(full),
        }
    }

    pub(super) fn waiting(slot: Permission<Slot, Full>, service: &mut S, request: Req) -> Self
    where
        S: Clone,
    {
        Self {
            call: Gated::waiting(slot, service, request),
        }
    }
}

impl<S, Req> Future for BulkheadFuture<S, Req>
where
    S: Service<Req>,
    S::Error: From<Full>,
{
    type Output = Result<S::Response, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let call = self.project().call;
        call.poll_guarded(context, From::from)
            .map(|(result, _slot)| result)
    }
}

impl<S: Service<Req>, Req> fmt::Debug for BulkheadFuture<S, Req> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkheadFuture").finish_non_exhaustive()
    }
}
