//! One call under a policy, as a future that is no more than its parts: nothing is boxed on the way to an answer.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::core::Core;
use super::flight::Flight;
use super::gate::{self, Entry, Slot};
use super::hedges::Hedges;
use super::progress::Progress;
use super::stage::{Ended, Outcome, Stage, Wait};
use crate::Deadline;
use crate::budget::RetryPermit;
use crate::call::{Attempt, Call, Operation};
use crate::classify::Classify;
use crate::error::{Cause, Error};
use crate::event::Event;
use crate::time::{self, Instant, Timer};

pin_project! {
    /// A call; `P` is how it gets at its policy, borrowed or shared.
    #[project = RunParts]
    pub(super) struct Run<P, C, O>
    where
        P: Deref<Target = Core>,
        O: Operation,
    {
        pub(super) core: P,
        pub(super) classify: C,
        pub(super) operation: O,
        pub(super) progress: Progress<O::Error>,
        pub(super) stage: Stage,
        pub(super) slot: Slot,
        // The attempt under way, its future here and the rest of it there.
        #[pin]
        pub(super) primary: Option<O::Future>,
        pub(super) flight: Option<Flight>,
        pub(super) hedges: Hedges<O::Future>,
        // The one timer: for time limits, hedges and waits, which never want it at once.
        #[pin]
        pub(super) timer: Timer,
    }

    impl<P, C, O> PinnedDrop for Run<P, C, O>
    where
        P: Deref<Target = Core>,
        O: Operation,
    {
        fn drop(this: Pin<&mut Self>) {
            this.project().release();
        }
    }
}

impl<P, C, O> Run<P, C, O>
where
    P: Deref<Target = Core>,
    O: Operation,
{
    #[inline]
    pub(super) fn new(core: P, call: Call, classify: C, operation: O) -> Self {
        Self {
            core,
            classify,
            operation,
            progress: Progress::new(call),
            stage: Stage::New,
            slot: Slot::Free,
            primary: None,
            flight: None,
            hedges: Hedges::new(),
            timer: Timer::default(),
        }
    }

    /// The deadline of the whole call, which it has from its first poll on.
    pub(super) fn deadline(&self) -> Deadline {
        self.progress.deadline.expect("set when the call begins")
    }
}

impl<P, C, O> Future for Run<P, C, O>
where
    P: Deref<Target = Core>,
    C: Classify<O::Value, O::Error>,
    O: Operation,
{
    type Output = Outcome<O>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            let ended = match this.stage {
                Stage::New => this.enter(time::now()),
                Stage::Attempting => ready!(this.poll_attempts(context)),
                Stage::Entering(leave) => {
                    let entered = ready!(leave.as_mut().poll(context));
                    this.entered(entered.map_err(Cause::Full), time::now())
                }
                Stage::Waiting(wait) => {
                    ready!(this.timer.as_mut().poll_until(wait.until(), context));
                    this.waited(time::now())
                }
                Stage::Ended => panic!("a future is not polled again once it is ready"),
            };
            if let Some(ended) = ended {
                *this.stage = Stage::Ended;
                this.release();
                return Poll::Ready(ended);
            }
        }
    }
}

impl<P, C, O> RunParts<'_, P, C, O>
where
    P: Deref<Target = Core>,
    O: Operation,
{
    #[inline]
    fn enter(&mut self, now: Instant) -> Option<Outcome<O>> {
        let overall = Deadline::after_at(now, self.core.timeouts.overall());
        let callers = [self.progress.call.deadline, Deadline::current()];
        let deadline = callers.into_iter().flatten().fold(overall, Deadline::min);
        self.progress.deadline = Some(deadline);
        if deadline.has_passed_at(now) {
            return Some(self.refused(Cause::DeadlineExceeded));
        }
        match gate::enter(self.core, now, deadline) {
            Ok(Entry::Open(slot)) => self.entered(Ok(slot), now),
            Ok(Entry::Queued(leave)) => {
                *self.stage = Stage::Entering(leave);
                None
            }
            Err(full) => self.entered(Err(Cause::Full(full)), now),
        }
    }

    #[inline]
    fn entered(&mut self, entered: Result<Slot, Cause>, now: Instant) -> Option<Outcome<O>> {
        match entered {
            Ok(slot) => *self.slot = slot,
            Err(cause) => return Some(self.refused(cause)),
        }
        let Some(limit) = self.core.rate_limit.get() else {
            return self.begin(now, None);
        };
        match limit.turn(now, self.deadline()) {
            Err(limited) => Some(self.refused(Cause::RateLimited(limited))),
            Ok(None) => self.begin(now, None),
            Ok(Some(turn)) => {
                *self.stage = Stage::Waiting(Wait::Turn(turn));
                None
            }
        }
    }

    fn waited(&mut self, now: Instant) -> Option<Outcome<O>> {
        let paid = match std::mem::replace(self.stage, Stage::Attempting) {
            Stage::Waiting(Wait::Turn(turn)) => {
                turn.take();
                self.slot.begins(now);
                None
            }
            Stage::Waiting(Wait::Backoff { paid, .. }) => {
                self.progress.postpone_hedges(self.core, now);
                paid
            }
            _ => None,
        };
        self.begin(now, paid)
    }

    /// Begins the next attempt, a retry if it is `paid` for.
    #[inline]
    fn begin(&mut self, now: Instant, paid: Option<RetryPermit>) -> Option<Outcome<O>> {
        match self.depart(now, paid) {
            Ok(flight) => {
                let attempt = flight.attempt;
                // Kept before the operation is asked: if that panics, the breaker's permit is handed back.
                *self.flight = Some(flight);
                let future = self.operation.attempt(attempt);
                self.primary.set(Some(future));
                *self.stage = Stage::Attempting;
                None
            }
            Err(cause) => Some(self.refused(cause)),
        }
    }

    /// Leave for one more attempt.
    #[inline]
    pub(super) fn depart(&mut self, now: Instant, paid: Option<RetryPermit>) -> Result<Flight, Cause> {
        let core = &**self.core;
        let whole = self.deadline();
        if whole.has_passed_at(now) {
            return Err(Cause::DeadlineExceeded);
        }
        let deadline = whole.min(Deadline::after_at(now, core.timeouts.attempt()));
        let ticket = match core.breaker.get() {
            Some(breaker) => Some(breaker.ticket(&core.events, now).map_err(Cause::CircuitOpen)?),
            None => None,
        };
        if self.progress.attempts == 0
            && let Some(budget) = core.budget.get()
        {
            budget.deposit();
        }
        self.progress.attempts += 1;
        Ok(Flight {
            attempt: Attempt::new(self.progress.attempts, deadline, core.timeouts.connect()),
            began: now,
            ticket,
            _paid: paid,
        })
    }

    /// The deadline of the whole call, which it has from its first poll on.
    #[inline]
    pub(super) fn deadline(&self) -> Deadline {
        self.progress.deadline.expect("set when the call begins")
    }

    /// Ends the call with what this side has against it.
    #[cold]
    pub(super) fn refused(&mut self, cause: Cause) -> Outcome<O> {
        let attempts = self.progress.attempts;
        let events = &self.core.events;
        match &cause {
            Cause::DeadlineExceeded => events.emit(|| Event::DeadlineExceeded { attempts }),
            Cause::Full(full) => events.emit(|| Event::Full { full: full.clone() }),
            Cause::RateLimited(limited) => events.emit(|| Event::RateLimited {
                limited: limited.clone(),
            }),
            Cause::Inner | Cause::AttemptTimedOut(_) | Cause::CircuitOpen(_) => {}
        }
        Ended {
            result: Err(Error::new(cause, self.progress.last.take(), attempts)),
            is_definitive: false,
        }
    }

    /// Lets go of everything: first of what runs, then of the leave for it.
    #[inline]
    fn release(&mut self) {
        self.primary.set(None);
        if let Some(flight) = self.flight.take() {
            flight.cancel(&self.core.events);
        }
        if !self.hedges.is_empty() {
            self.hedges.cancel(&self.core.events);
        }
        if !matches!(self.slot, Slot::Free) {
            let slot = std::mem::replace(self.slot, Slot::Free);
            slot.settle(self.progress.load, self.core);
        }
    }
}
