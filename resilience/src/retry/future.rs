use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pin_project_lite::pin_project;
use tower_service::Service;

use super::{Random, RetryLayer, RetryPolicy, Steps, Stop, wish};
use crate::Deadline;
use crate::budget::{RetryBudget, RetryPermit};
use crate::call::{Attempt, Call, Operation, Prepare, ServiceAttempt, ServiceCalls};
use crate::classify::{Classify, Retry};
use crate::time::{self, Instant, Timer};

pin_project! {
    /// A call through a [`RetryService`](super::RetryService). Cancel safe exactly if the inner calls are.
    #[must_use = "a future does nothing before it is polled"]
    pub struct RetryFuture<S, Op, C, P>
    where
        P: Prepare<Op>,
        S: Service<P::Request>,
    {
        calls: ServiceCalls<S, Op, P>,
        classify: C,
        progress: Progress,
        #[pin]
        attempt: Option<ServiceAttempt<S, P::Request>>,
        // Set during a wait.
        until: Option<Instant>,
        #[pin]
        timer: Timer,
    }
}

/// Where a call stands.
struct Progress {
    policy: RetryPolicy,
    budget: Option<RetryBudget>,
    random: Random,
    steps: Steps,
    call: Call,
    attempts: u32,
    /// Of the retry that waits or is under way.
    paid: Option<RetryPermit>,
}

impl<S, Op, C, P> RetryFuture<S, Op, C, P>
where
    P: Prepare<Op>,
    S: Service<P::Request>,
    C: Clone,
{
    pub(super) fn new<D>(layer: &RetryLayer<C, D, P>, call: Call, calls: ServiceCalls<S, Op, P>) -> Self {
        Self {
            calls,
            classify: layer.classify.clone(),
            progress: Progress {
                policy: layer.policy,
                budget: layer.budget.clone(),
                random: layer.random.clone(),
                steps: Steps::default(),
                call,
                attempts: 0,
                paid: None,
            },
            attempt: None,
            until: None,
            timer: Timer::default(),
        }
    }
}

impl<S, Op, C, P> Future for RetryFuture<S, Op, C, P>
where
    P: Prepare<Op>,
    S: Service<P::Request> + Clone,
    C: Classify<S::Response, S::Error>,
{
    type Output = Result<S::Response, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            if let Some(until) = *this.until {
                ready!(this.timer.as_mut().poll_until(until, context));
                *this.until = None;
            }
            if this.attempt.is_none() {
                let attempt = this.progress.next_attempt(time::now());
                this.attempt.set(Some(this.calls.attempt(attempt)));
            }
            let Some(attempt) = this.attempt.as_mut().as_pin_mut() else {
                return Poll::Pending;
            };
            let result = ready!(attempt.poll(context));
            this.attempt.set(None);
            this.progress.paid = None;
            let wish = this.classify.classify(result.as_ref()).retry;
            if wish == Retry::No {
                return Poll::Ready(result);
            }
            let now = time::now();
            match this.progress.next_wait(wish, now) {
                // A peer may ask for longer than the clock can tell.
                Ok(delay) => *this.until = Some(Deadline::after_at(now, delay).instant()),
                Err(_) => return Poll::Ready(result),
            }
        }
    }
}

impl Progress {
    fn next_attempt(&mut self, now: Instant) -> Attempt {
        if self.attempts == 0
            && let Some(budget) = &self.budget
        {
            budget.deposit();
        }
        self.attempts += 1;
        let deadline = self.deadline().unwrap_or_else(|| Deadline::far(now));
        Attempt::new(self.attempts, deadline, deadline.remaining_at(now))
    }

    /// The wait before the next attempt, already paid for, or what stands against one.
    fn next_wait(&mut self, wish: Retry, now: Instant) -> Result<Duration, Stop> {
        wish::grant(wish, self.call.idempotent, self.attempts, self.policy.max_retries)?;
        let delay = wish::delay(wish, &mut self.steps, &self.policy, &self.random);
        if self
            .deadline()
            .is_some_and(|deadline| delay >= deadline.remaining_at(now))
        {
            return Err(Stop::DeadlineTooClose);
        }
        if let Some(budget) = &self.budget {
            self.paid = Some(budget.withdraw(now).ok_or(Stop::BudgetExhausted)?);
        }
        Ok(delay)
    }

    fn deadline(&self) -> Option<Deadline> {
        self.call.deadline.into_iter().chain(Deadline::current()).min()
    }
}

impl<S, Op, C, P> fmt::Debug for RetryFuture<S, Op, C, P>
where
    P: Prepare<Op>,
    S: Service<P::Request>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryFuture").finish_non_exhaustive()
    }
}
