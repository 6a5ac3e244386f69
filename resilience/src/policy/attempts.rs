//! The attempts of a call: how they are watched, and what follows the end of one.

use std::future::Future;
use std::ops::Deref;
use std::task::{Context, Poll};
use std::time::Duration;

use super::Completed;
use super::core::Core;
use super::flight::Flight;
use super::progress::Lane;
use super::run::RunParts;
use super::stage::{Ended, Outcome, Stage, Wait};
use crate::breaker::State;
use crate::budget::RetryPermit;
use crate::call::Operation;
use crate::classify::{self, Classification, Classify, Retry};
use crate::error::{Cause, Error};
use crate::event::Event;
use crate::retry::{Stop, wish};
use crate::time::{self, Instant};
use crate::timeout::Elapsed;

/// What an attempt brought, unless it was cut off.
type Landing<O> = Result<Result<<O as Operation>::Value, <O as Operation>::Error>, Elapsed>;

impl<P, C, O> RunParts<'_, P, C, O>
where
    P: Deref<Target = Core>,
    C: Classify<O::Value, O::Error>,
    O: Operation,
{
    /// Goes on until an attempt has ended; `None` if another follows.
    #[inline]
    pub(super) fn poll_attempts(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome<O>>> {
        if let Some(primary) = self.primary.as_mut().as_pin_mut()
            && let Poll::Ready(result) = primary.poll(context)
        {
            return Poll::Ready(self.landed(Lane::Primary, Ok(result), time::now()));
        }
        self.watch(context)
    }

    /// What only calls that have to wait come to: hedges, time limits, the timer.
    fn watch(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome<O>>> {
        loop {
            if let Poll::Ready((index, result)) = self.hedges.poll(context) {
                return Poll::Ready(self.landed(Lane::Hedge(index), Ok(result), time::now()));
            }
            // By the clock, since a timer is not asked as long as an operation uses up tokio's budget for the task.
            let now = time::now();
            if let Some((lane, elapsed)) = self.overdue(now) {
                return Poll::Ready(self.landed(lane, Err(elapsed), now));
            }
            if self.is_hedge_due(now) && self.hedge(now).is_ok() {
                continue;
            }
            let wake = self.next_wake();
            if self.timer.as_mut().poll_until(wake, context).is_pending() {
                return Poll::Pending;
            }
        }
    }

    #[inline]
    fn landed(&mut self, lane: Lane, landing: Landing<O>, now: Instant) -> Option<Outcome<O>> {
        // Before the flight is taken: if this panics, it counts as cancelled.
        let meaning = match &landing {
            Ok(result) => self.classify.classify(result.as_ref()),
            Err(_) => Classification::TRANSIENT,
        };
        let flight = self.take(lane)?;
        self.progress.note(meaning.outcome, landing.is_err());
        let attempt = flight.attempt.number;
        let began = flight.began;
        if meaning.outcome == classify::Outcome::Success
            && let Some(hedge) = self.core.hedge.get()
        {
            hedge.record(now.saturating_duration_since(began));
        }
        flight.settle(meaning.outcome, now, &self.core.events);
        if meaning.retry == Retry::No {
            return Some(self.finish(landing, meaning, Stop::NotRetryable, now));
        }
        if landing.is_err() {
            if self.deadline().has_passed_at(now) {
                return Some(self.refused(Cause::DeadlineExceeded));
            }
            self.core.events.emit(|| Event::AttemptTimedOut { attempt });
        }
        self.failed(landing, meaning, began, attempt, now)
    }

    /// What follows an attempt that failed in a way that may pass.
    #[cold]
    fn failed(
        &mut self,
        landing: Landing<O>,
        meaning: Classification,
        began: Instant,
        attempt: u32,
        now: Instant,
    ) -> Option<Outcome<O>> {
        let is_hedged = self.progress.hedging(self.core, began).is_some();
        let waits = !is_hedged || matches!(meaning.retry, Retry::After(_));
        if waits && self.is_under_way() {
            self.progress.hedge_no_more();
        }
        let next = match meaning.retry {
            // While another attempt is under way, that one may do: also when hedges have been switched off since.
            _ if waits && self.is_under_way() => Ok(None),
            // A peer that asks for less load is waited for, hedged or not.
            retry if waits => self.next_wait(retry, now).map(Some),
            // A failure calls for the next hedge at once.
            _ => match self.hedge(now) {
                Err(_) if self.is_under_way() => Ok(None),
                sent => sent.map(|()| None),
            },
        };
        match next {
            Err(stop) => return Some(self.finish(landing, meaning, stop, now)),
            Ok(None) => {}
            Ok(Some((delay, paid))) => {
                self.core.events.emit(|| Event::Retrying { attempt, delay });
                let until = now + delay;
                *self.stage = Stage::Waiting(Wait::Backoff { until, paid });
            }
        }
        if let Ok(Err(error)) = landing {
            self.progress.last = Some(error);
        }
        None
    }

    /// The wait before the next attempt, already paid for, or what stands against one.
    fn next_wait(&mut self, retry: Retry, now: Instant) -> Result<(Duration, Option<RetryPermit>), Stop> {
        let core = &**self.core;
        let policy = core.retry();
        wish::grant(
            retry,
            self.progress.call.idempotent,
            self.progress.attempts,
            policy.max_retries,
        )?;
        let delay = wish::delay(retry, &mut self.progress.steps, &policy, &core.random);
        if delay >= self.deadline().remaining_at(now) {
            return Err(Stop::DeadlineTooClose);
        }
        if self.is_isolated() || self.open_for(now).is_some_and(|open_for| open_for > delay) {
            return Err(Stop::CircuitOpen);
        }
        Ok((delay, self.pay(now)?))
    }

    /// Pays for a retry or hedge.
    pub(super) fn pay(&self, now: Instant) -> Result<Option<RetryPermit>, Stop> {
        let budget = self.core.budget.get();
        budget
            .map(|budget| budget.withdraw(now).ok_or(Stop::BudgetExhausted))
            .transpose()
    }

    fn is_under_way(&self) -> bool {
        self.flight.is_some() || !self.hedges.is_empty()
    }

    /// The first attempt that has been cut off by its time limit.
    fn overdue(&self, now: Instant) -> Option<(Lane, Elapsed)> {
        if self.flight.as_ref().is_some_and(|flight| flight.is_overdue(now)) {
            return Some((Lane::Primary, self.elapsed()));
        }
        let index = self.hedges.overdue(now)?;
        Some((Lane::Hedge(index), self.elapsed()))
    }

    fn elapsed(&self) -> Elapsed {
        Elapsed::after(self.core.timeouts.attempt())
    }

    fn next_wake(&self) -> Instant {
        let primary = self.flight.as_ref().map(|flight| flight.limit());
        // Hedges that have been switched off since would be due for ever.
        let hedging = self.core.hedge.get().and(self.progress.hedging);
        let hedging = hedging.filter(|hedging| hedging.left > 0);
        let wakes = [
            primary,
            self.hedges.first_limit(),
            hedging.map(|hedging| hedging.next_at),
        ];
        let end = self.deadline().instant();
        wakes.into_iter().flatten().fold(end, Instant::min)
    }

    /// Takes an attempt out, and drops its future.
    #[inline]
    fn take(&mut self, lane: Lane) -> Option<Flight> {
        match lane {
            Lane::Primary => {
                self.primary.set(None);
                self.flight.take()
            }
            Lane::Hedge(index) => Some(self.hedges.remove(index)),
        }
    }

    /// How much longer the circuit breaker rejects everything.
    fn open_for(&self, now: Instant) -> Option<Duration> {
        let until = self.core.breaker.get()?.open_until()?;
        Some(until.saturating_duration_since(now))
    }

    /// Whether the circuit breaker rejects everything until somebody says otherwise.
    fn is_isolated(&self) -> bool {
        let breaker = self.core.breaker.get();
        breaker.is_some_and(|breaker| breaker.state() == State::Isolated)
    }

    /// Ends the call with what the last attempt brought.
    #[inline]
    fn finish(
        &mut self,
        landing: Landing<O>,
        meaning: Classification,
        stop: Stop,
        now: Instant,
    ) -> Outcome<O> {
        let attempts = self.progress.attempts;
        if stop != Stop::NotRetryable {
            self.core.events.emit(|| Event::GaveUp { attempts, stop });
        }
        let (cause, inner) = match landing {
            Ok(Ok(value)) => {
                return Ended {
                    result: Ok(Completed::live(value, attempts)),
                    is_definitive: meaning.is_definitive(),
                };
            }
            Ok(Err(error)) => (Cause::Inner, Some(error)),
            Err(elapsed) => (Cause::AttemptTimedOut(elapsed), self.progress.last.take()),
        };
        let open_for = (stop == Stop::CircuitOpen).then(|| self.open_for(now)).flatten();
        // Both must have passed: sooner, the breaker rejects what the peer would take.
        let retry_after = wish::asked(meaning.retry).max(open_for);
        Ended {
            result: Err(Error::new(cause, inner, attempts).stopped(stop, retry_after)),
            is_definitive: meaning.is_definitive(),
        }
    }
}
