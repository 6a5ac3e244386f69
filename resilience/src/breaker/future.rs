use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::Open;
use super::circuit::Verdict;
use super::ticket::Ticket;
use crate::Deadline;
use crate::classify::{Classify, Outcome};
use crate::event::Events;
use crate::time;

pin_project! {
    /// A call through a [`BreakerService`](super::BreakerService).
    ///
    /// Dropping it drops the call; that counts as a failure if the deadline of the request had passed, and otherwise
    /// for nothing. A rejection is ready at once.
    #[must_use = "a future does nothing before it is polled"]
    pub struct BreakerFuture<F, C> {
        #[pin]
        call: Call<F, C>,
    }
}

pin_project! {
    #[project = CallProjection]
    enum Call<F, C> {
        Calling { #[pin] inner: F, guard: Guard, classify: C },
        Rejected { open: Option<Open> },
    }
}

/// A ticket that is settled when it is dropped.
pub(super) struct Guard {
    ticket: Ticket,
    settled: bool,
    deadline: Option<Deadline>,
    events: Events,
}

impl<F, C> BreakerFuture<F, C> {
    #[inline]
    pub(super) fn calling(inner: F, guard: Guard, classify: C) -> Self {
        Self {
            call: Call::Calling {
                inner,
                guard,
                classify,
            },
        }
    }

    pub(super) fn rejected(open: Open) -> Self {
        Self {
            call: Call::Rejected { open: Some(open) },
        }
    }
}

impl<F, C, T, E> Future for BreakerFuture<F, C>
where
    F: Future<Output = Result<T, E>>,
    E: From<Open>,
    C: Classify<T, E>,
{
    type Output = Result<T, E>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().call.project() {
            CallProjection::Calling {
                inner,
                guard,
                classify,
            } => {
                let result = ready!(inner.poll(context));
                guard.settle(classify.classify(result.as_ref()).outcome);
                Poll::Ready(result)
            }
            CallProjection::Rejected { open } => {
                let open = open
                    .take()
                    .expect("a future is not polled again once it is ready");
                Poll::Ready(Err(open.into()))
            }
        }
    }
}

impl Guard {
    #[inline]
    pub(super) fn new(ticket: Ticket, deadline: Option<Deadline>, events: Events) -> Self {
        Self {
            ticket,
            settled: false,
            deadline,
            events,
        }
    }

    #[inline]
    fn settle(&mut self, outcome: Outcome) {
        let verdict = match outcome {
            Outcome::Success => Verdict::Success,
            Outcome::Failure => Verdict::Failure,
            Outcome::Throttled | Outcome::Ignored => Verdict::Neutral,
        };
        self.settled = true;
        self.ticket.settle(verdict, time::now(), &self.events);
    }
}

impl Drop for Guard {
    #[inline]
    fn drop(&mut self) {
        if !self.settled {
            self.ticket.cancel(self.deadline, &self.events);
        }
    }
}

impl<F, C> fmt::Debug for BreakerFuture<F, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BreakerFuture").finish_non_exhaustive()
    }
}
