use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tower_service::Service;

use super::verdict::Verdict;
use super::{LimitChange, Slot};
use crate::Deadline;
use crate::bulkhead::Full;
use crate::classify::{Classification, Classify};
use crate::event::{Event, Events};
use crate::gate::{Gated, Permission};
use crate::time;

pin_project! {
    /// A call through an [`AdaptiveService`](super::AdaptiveService).
    ///
    /// Dropping it drops the call and gives the slot back, or the place in the queue up. It counts as an overload if
    /// the deadline of the request had passed, and otherwise for nothing. A rejection without a wait is ready at once.
    #[must_use = "a future does nothing before it is polled"]
    pub struct AdaptiveFuture<S, Req, C>
    where
        S: Service<Req>,
    {
        #[pin]
        call: Gated<S, Req, Guard, Full>,
        classify: C,
    }
}

/// A slot, and who is told if the limit moves by it.
pub(super) struct Guard {
    slot: Option<Slot>,
    events: Events,
}

impl<S: Service<Req>, Req, C> AdaptiveFuture<S, Req, C> {
    pub(super) fn calling(call: S::Future, guard: Guard, classify: C) -> Self {
        Self {
            call: Gated::calling(call, guard),
            classify,
        }
    }

    pub(super) fn rejected(full: Full, classify: C) -> Self {
        Self {
            call: Gated::rejected(full),
            classify,
        }
    }

    pub(super) fn waiting(guard: Permission<Guard, Full>, service: &mut S, request: Req, classify: C) -> Self
    where
        S: Clone,
    {
        Self {
            call: Gated::waiting(guard, service, request),
            classify,
        }
    }
}

impl<S, Req, C> Future for AdaptiveFuture<S, Req, C>
where
    S: Service<Req>,
    S::Error: From<Full>,
    C: Classify<S::Response, S::Error>,
{
    type Output = Result<S::Response, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let (result, guard) = ready!(this.call.poll_guarded(context, From::from));
        if let Some(guard) = guard {
            guard.settle(this.classify.classify(result.as_ref()));
        }
        Poll::Ready(result)
    }
}

impl Guard {
    pub(super) fn new(slot: Slot, deadline: Option<Deadline>, events: Events) -> Self {
        let slot = match deadline {
            Some(deadline) => slot.until(deadline),
            None => slot,
        };
        Self {
            slot: Some(slot),
            events,
        }
    }

    fn settle(mut self, meaning: Classification) {
        if let Some(mut slot) = self.slot.take() {
            let moved = slot.judge(Verdict::of(meaning), time::now());
            self.tell(&slot, moved);
        }
    }

    fn tell(&self, slot: &Slot, moved: Option<LimitChange>) {
        if let Some(change) = moved {
            self.events.emit(|| Event::LimitChanged {
                name: slot.limit().shared_name(),
                change,
            });
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(mut slot) = self.slot.take() {
            let moved = slot.cancel();
            self.tell(&slot, moved);
        }
    }
}

impl<S: Service<Req>, Req, C> fmt::Debug for AdaptiveFuture<S, Req, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdaptiveFuture").finish_non_exhaustive()
    }
}
