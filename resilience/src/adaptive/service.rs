use std::fmt;
use std::task::{Context, Poll};
use std::time::Duration;

use tower_service::Service;

use super::future::Guard;
use super::{AdaptiveFuture, AdaptiveLimit};
use crate::breaker::{NoDeadline, RequestDeadline};
use crate::bulkhead::Full;
use crate::classify::Classify;
use crate::event::{Event, Events};
use crate::{Deadline, time};

/// A service behind an adaptive concurrency limit; made by [`AdaptiveLayer`](super::AdaptiveLayer).
///
/// Nothing is allocated for a call that finds a slot, nor for one that is rejected at once; one that waits allocates.
///
/// # Readiness
///
/// As with a [`BulkheadService`](crate::bulkhead::BulkheadService): `poll_ready` is that of the inner service, and a
/// slot is taken by [`call`](Service::call).
#[derive(Clone)]
pub struct AdaptiveService<S, C, D = NoDeadline> {
    inner: S,
    limit: AdaptiveLimit,
    classify: C,
    deadline: D,
    events: Events,
}

impl<S, C, D> AdaptiveService<S, C, D> {
    pub(super) fn new(inner: S, limit: AdaptiveLimit, classify: C, deadline: D, events: Events) -> Self {
        Self {
            inner,
            limit,
            classify,
            deadline,
            events,
        }
    }
}

impl<S, C, D, Req> Service<Req> for AdaptiveService<S, C, D>
where
    S: Service<Req> + Clone,
    S::Error: From<Full>,
    C: Classify<S::Response, S::Error> + Clone,
    D: RequestDeadline<Req>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = AdaptiveFuture<S, Req, C>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Req) -> Self::Future {
        let now = time::now();
        let (classify, events) = (self.classify.clone(), self.events.clone());
        let full = match self.limit.try_acquire(now) {
            Ok(slot) => {
                // Before the inner service is called: if that panics, the slot is given back.
                let guard = Guard::new(slot, self.deadline.deadline(&request), events);
                return AdaptiveFuture::calling(self.inner.call(request), guard, classify);
            }
            Err(full) => full,
        };
        if !self.limit.has_room_to_wait() {
            events.emit(|| Event::Full { full: full.clone() });
            return AdaptiveFuture::rejected(full, classify);
        }
        let (limit, deadline) = (self.limit.clone(), self.deadline.deadline(&request));
        let guard = Box::pin(async move {
            let by = deadline.unwrap_or_else(|| Deadline::after_at(now, Duration::MAX));
            match limit.acquire(now, by).await {
                Ok(slot) => Ok(Guard::new(slot, deadline, events)),
                Err(full) => {
                    events.emit(|| Event::Full { full: full.clone() });
                    Err(full)
                }
            }
        });
        AdaptiveFuture::waiting(guard, &mut self.inner, request, classify)
    }
}

impl<S: fmt::Debug, C, D> fmt::Debug for AdaptiveService<S, C, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdaptiveService")
            .field("inner", &self.inner)
            .field("limit", &self.limit)
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}
