use std::task::{Context, Poll};
use std::time::Duration;

use tower_service::Service;

use super::{Bulkhead, BulkheadFuture, Full};
use crate::Deadline;
use crate::breaker::{NoDeadline, RequestDeadline};
use crate::event::{Event, Events};

/// A service behind a bulkhead; made by [`BulkheadLayer`](super::BulkheadLayer).
///
/// Nothing is allocated for a call that finds a slot, nor for one that is rejected at once; one that waits allocates.
///
/// # Readiness
///
/// `poll_ready` is that of the inner service, and a slot is taken by [`call`](Service::call), unlike in tower's
/// `ConcurrencyLimit`. A slot taken in `poll_ready` is held by callers who are ready and never call; and only a
/// request has a deadline to wait by and a caller to be rejected. A request that waits takes the ready inner service
/// with it, and leaves a clone.
#[derive(Debug, Clone)]
pub struct BulkheadService<S, D = NoDeadline> {
    inner: S,
    bulkhead: Bulkhead,
    deadline: D,
    events: Events,
}

impl<S, D> BulkheadService<S, D> {
    pub(super) fn new(inner: S, bulkhead: Bulkhead, deadline: D, events: Events) -> Self {
        Self {
            inner,
            bulkhead,
            deadline,
            events,
        }
    }
}

impl<S, D, Req> Service<Req> for BulkheadService<S, D>
where
    S: Service<Req> + Clone,
    S::Error: From<Full>,
    D: RequestDeadline<Req>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BulkheadFuture<S, Req>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Req) -> Self::Future {
        let full = match self.bulkhead.try_acquire() {
            Ok(slot) => return BulkheadFuture::calling(self.inner.call(request), slot),
            Err(full) => full,
        };
        if !self.bulkhead.has_room_to_wait() {
            self.events.emit(|| Event::Full { full: full.clone() });
            return BulkheadFuture::rejected(full);
        }
        let by = self.deadline.deadline(&request);
        let (bulkhead, events) = (self.bulkhead.clone(), self.events.clone());
        let slot = Box::pin(async move {
            let by = by.unwrap_or_else(|| Deadline::after(Duration::MAX));
            let slot = bulkhead.acquire(by).await;
            slot.inspect_err(|full| events.emit(|| Event::Full { full: full.clone() }))
        });
        BulkheadFuture::waiting(slot, &mut self.inner, request)
    }
}
