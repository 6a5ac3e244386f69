use std::task::{Context, Poll};
use std::time::Duration;

use tower_service::Service;

use super::{Limited, RateLimit, RateLimitFuture};
use crate::breaker::{NoDeadline, RequestDeadline};
use crate::event::{Event, Events};
use crate::{Deadline, time};

/// A service behind a rate limit; made by [`RateLimitLayer`](super::RateLimitLayer).
///
/// Nothing is allocated for a call whose turn it is, nor for one that is rejected; one that waits allocates.
///
/// # Readiness
///
/// `poll_ready` is that of the inner service, and a turn is taken by [`call`](Service::call), unlike in tower's
/// `RateLimit`: only a request has a deadline that says whether waiting is any use, and a caller to be rejected. A
/// request that waits takes the ready inner service with it, and leaves a clone.
#[derive(Debug, Clone)]
pub struct RateLimitService<S, D = NoDeadline> {
    inner: S,
    limit: RateLimit,
    deadline: D,
    events: Events,
}

impl<S, D> RateLimitService<S, D> {
    pub(super) fn new(inner: S, limit: RateLimit, deadline: D, events: Events) -> Self {
        Self {
            inner,
            limit,
            deadline,
            events,
        }
    }
}

impl<S, D, Req> Service<Req> for RateLimitService<S, D>
where
    S: Service<Req> + Clone,
    S::Error: From<Limited>,
    D: RequestDeadline<Req>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = RateLimitFuture<S, Req>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Req) -> Self::Future {
        let now = time::now();
        let by = self.deadline.deadline(&request);
        let by = by.unwrap_or_else(|| Deadline::after_at(now, Duration::MAX));
        match self.limit.turn(now, by) {
            Ok(None) => RateLimitFuture::calling(self.inner.call(request)),
            Ok(Some(turn)) => RateLimitFuture::waiting(turn, &mut self.inner, request),
            Err(limited) => {
                self.events.emit(|| Event::RateLimited {
                    limited: limited.clone(),
                });
                RateLimitFuture::rejected(limited)
            }
        }
    }
}
