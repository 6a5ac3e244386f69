use std::fmt;
use std::task::{Context, Poll};

use tower_service::Service;

use super::future::Guard;
use super::ticket::Ticket;
use super::{BreakerFuture, CircuitBreaker, Open, RequestDeadline};
use crate::classify::Classify;
use crate::event::Events;
use crate::time;

/// A service behind a circuit breaker; made by [`BreakerLayer`](super::BreakerLayer).
///
/// Nothing is allocated for a call, rejected or not.
///
/// # Readiness
///
/// `poll_ready` is that of the inner service, and a call is rejected by [`call`](Service::call): admission takes a
/// trial when the circuit is half-open, and a caller who is ready need not call. So what makes callers wait for their
/// turn, like a limit of concurrency, belongs outside the breaker.
#[derive(Clone)]
pub struct BreakerService<S, C, D = super::NoDeadline> {
    inner: S,
    breaker: CircuitBreaker,
    classify: C,
    deadline: D,
    events: Events,
}

impl<S, C, D> BreakerService<S, C, D> {
    pub(super) fn new(inner: S, breaker: CircuitBreaker, classify: C, deadline: D, events: Events) -> Self {
        Self {
            inner,
            breaker,
            classify,
            deadline,
            events,
        }
    }
}

impl<S, C, D, Req> Service<Req> for BreakerService<S, C, D>
where
    S: Service<Req>,
    S::Error: From<Open>,
    C: Classify<S::Response, S::Error> + Clone,
    D: RequestDeadline<Req>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BreakerFuture<S::Future, C>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Req) -> Self::Future {
        match self.breaker.pass_now() {
            Some(ticket) => self.forward(request, ticket),
            None => self.call_unless_closed(request),
        }
    }
}

impl<S, C: Clone, D> BreakerService<S, C, D> {
    /// Apart, so that the usual path stays short.
    #[cold]
    fn call_unless_closed<Req>(&mut self, request: Req) -> BreakerFuture<S::Future, C>
    where
        S: Service<Req>,
        D: RequestDeadline<Req>,
    {
        match self.breaker.ticket(&self.events, time::now()) {
            Ok(ticket) => self.forward(request, ticket),
            Err(open) => BreakerFuture::rejected(open),
        }
    }

    #[inline]
    fn forward<Req>(&mut self, request: Req, ticket: Ticket) -> BreakerFuture<S::Future, C>
    where
        S: Service<Req>,
        D: RequestDeadline<Req>,
    {
        // Before the inner service is called: if that panics, the place is handed back.
        let guard = Guard::new(ticket, self.deadline.deadline(&request), self.events.clone());
        BreakerFuture::calling(self.inner.call(request), guard, self.classify.clone())
    }
}

impl<S: fmt::Debug, C, D> fmt::Debug for BreakerService<S, C, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BreakerService")
            .field("inner", &self.inner)
            .field("breaker", &self.breaker)
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}
