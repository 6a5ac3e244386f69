use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tower_service::Service;

use super::{Hedge, HedgeLayer};
use crate::Deadline;
use crate::budget::{RetryBudget, RetryPermit};
use crate::call::{Attempt, Call, Operation, Prepare, ServiceAttempt, ServiceCalls};
use crate::classify::{Classify, Outcome, Retry};
use crate::time::{self, Instant, Timer};

pin_project! {
    /// A call through a [`HedgeService`](super::HedgeService). Cancel safe exactly if the inner calls are; dropping it
    /// drops all attempts.
    #[must_use = "a future does nothing before it is polled"]
    pub struct HedgeFuture<S, Op, C, P>
    where
        P: Prepare<Op>,
        S: Service<P::Request>,
    {
        calls: ServiceCalls<S, Op, P>,
        classify: C,
        plan: Plan,
        #[pin]
        first: Option<ServiceAttempt<S, P::Request>>,
        // Boxed: there are none unless the peer is slow.
        others: Vec<Other<S, P::Request>>,
        #[pin]
        timer: Timer,
    }
}

struct Other<S: Service<Req>, Req> {
    attempt: Pin<Box<ServiceAttempt<S, Req>>>,
    began: Instant,
    _paid: Option<RetryPermit>,
}

/// When the next attempt is due.
struct Plan {
    hedge: Hedge,
    budget: Option<RetryBudget>,
    call: Call,
    attempts: u32,
    left: u32,
    // Both set when the first attempt begins.
    began: Instant,
    due_at: Instant,
}

impl<S, Op, C, P> HedgeFuture<S, Op, C, P>
where
    P: Prepare<Op>,
    S: Service<P::Request>,
    C: Clone,
{
    pub(super) fn new<D>(layer: &HedgeLayer<C, D, P>, call: Call, calls: ServiceCalls<S, Op, P>) -> Self {
        let now = time::now();
        Self {
            calls,
            classify: layer.classify.clone(),
            plan: Plan {
                hedge: layer.hedge.clone(),
                budget: layer.budget.clone(),
                call,
                attempts: 0,
                left: 0,
                began: now,
                due_at: now,
            },
            first: None,
            others: Vec::new(),
            timer: Timer::default(),
        }
    }
}

impl<S, Op, C, P> Future for HedgeFuture<S, Op, C, P>
where
    P: Prepare<Op>,
    S: Service<P::Request> + Clone,
    C: Classify<S::Response, S::Error>,
{
    type Output = Result<S::Response, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if this.plan.attempts == 0 {
            let attempt = this.plan.first(time::now());
            this.first.set(Some(this.calls.attempt(attempt)));
        }
        loop {
            let mut landed = None;
            if let Some(first) = this.first.as_mut().as_pin_mut()
                && let Poll::Ready(result) = first.poll(context)
            {
                this.first.set(None);
                landed = Some((this.plan.began, result));
            } else if let Poll::Ready((index, result)) = poll_any(this.others, context) {
                landed = Some((this.others.remove(index).began, result));
            }

            let now = time::now();
            let wish = landed.as_ref().map(|(began, result)| {
                let meaning = this.classify.classify(result.as_ref());
                if meaning.outcome == Outcome::Success {
                    this.plan.hedge.record(now.saturating_duration_since(*began));
                }
                meaning.retry
            });
            let another = match wish {
                None => this.plan.is_due(now).then(|| this.plan.next(now)).flatten(),
                Some(Retry::No) => None,
                Some(Retry::After(_)) => {
                    // The peer asks for less load.
                    this.plan.left = 0;
                    None
                }
                Some(Retry::Backoff | Retry::Transparent) => this.plan.next(now),
            };
            if let Some((attempt, paid)) = another {
                this.others.push(Other {
                    attempt: Box::pin(this.calls.attempt(attempt)),
                    began: now,
                    _paid: paid,
                });
                continue;
            }
            if let Some((_, result)) = landed {
                let is_last = this.first.is_none() && this.others.is_empty();
                if is_last || wish == Some(Retry::No) {
                    return Poll::Ready(result);
                }
                continue;
            }
            let Some(next) = this.plan.next_at() else {
                return Poll::Pending;
            };
            if this.timer.as_mut().poll_until(next, context).is_pending() {
                return Poll::Pending;
            }
        }
    }
}

/// The first that is ready, and what it brought.
fn poll_any<S: Service<Req>, Req>(
    others: &mut [Other<S, Req>],
    context: &mut Context<'_>,
) -> Poll<(usize, <ServiceAttempt<S, Req> as Future>::Output)> {
    for (index, other) in others.iter_mut().enumerate() {
        if let Poll::Ready(result) = other.attempt.as_mut().poll(context) {
            return Poll::Ready((index, result));
        }
    }
    Poll::Pending
}

impl Plan {
    fn first(&mut self, now: Instant) -> Attempt {
        if let Some(budget) = &self.budget {
            budget.deposit();
        }
        if self.call.may_hedge() {
            self.left = self.hedge.policy().max_hedges;
        }
        self.began = now;
        self.due_at = Deadline::after_at(now, self.hedge.delay()).instant();
        self.attempt(now)
    }

    /// Another one, if one is left and paid for; if not, there are no more.
    fn next(&mut self, now: Instant) -> Option<(Attempt, Option<RetryPermit>)> {
        let left = std::mem::take(&mut self.left).checked_sub(1)?;
        let paid = match &self.budget {
            Some(budget) => Some(budget.withdraw(now)?),
            None => None,
        };
        self.left = left;
        self.due_at = Deadline::after_at(now, self.hedge.delay()).instant();
        Some((self.attempt(now), paid))
    }

    fn is_due(&self, now: Instant) -> bool {
        self.next_at().is_some_and(|next_at| next_at <= now)
    }

    fn next_at(&self) -> Option<Instant> {
        (self.left > 0).then_some(self.due_at)
    }

    fn attempt(&mut self, now: Instant) -> Attempt {
        self.attempts += 1;
        let callers = self.call.deadline.into_iter().chain(Deadline::current());
        let deadline = callers.min().unwrap_or_else(|| Deadline::far(now));
        Attempt::new(self.attempts, deadline, deadline.remaining_at(now))
    }
}

impl<S, Op, C, P> fmt::Debug for HedgeFuture<S, Op, C, P>
where
    P: Prepare<Op>,
    S: Service<P::Request>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HedgeFuture").finish_non_exhaustive()
    }
}
