use std::borrow::Cow;
use std::future::Future;
use std::time::Duration;

use super::{Attempt, Call, Completed, Shared};
use crate::Deadline;
use crate::breaker::Permit;
use crate::classify::{Classification, Classify, Outcome, Retry};
use crate::error::{Cause, Error};
use crate::event::Event;
use crate::retry::{Backoff, Stop};
use crate::time::{self, Instant};
use crate::timeout::Elapsed;

pub(super) async fn run<T, E, C, F, Fut>(
    shared: &Shared,
    call: Call,
    classify: C,
    mut operation: F,
) -> Result<Completed<T>, Error<E>>
where
    C: Classify<T, E>,
    F: FnMut(Attempt) -> Fut,
    Fut: Future<Output = Result<T, E>>,
{
    let mut now = time::now();
    let mut progress = Progress::new(shared, call, now);
    // The error of the last attempt that brought one; a value is dropped before each wait instead.
    let mut last = None;
    loop {
        let (attempt, permit) = match progress.begin(now) {
            Ok(begun) => begun,
            Err(refusal) => return Err(progress.refused(refusal, last)),
        };
        let result = time::timeout_at(attempt.deadline.instant(), operation(attempt)).await;
        now = time::now();

        let meaning = match &result {
            Ok(result) => classify.classify(result.as_ref()),
            Err(Elapsed { .. }) => Classification::TRANSIENT,
        };
        settle(permit, meaning.outcome, now);
        if result.is_err() {
            if progress.deadline.has_passed_at(now) {
                return Err(progress.refused(Refusal::DeadlinePassed, last));
            }
            shared.events.emit(|| Event::AttemptTimedOut {
                attempt: attempt.number,
            });
        }

        let delay = match progress.next_delay(meaning.retry, now) {
            Ok(delay) => delay,
            Err(stop) => return progress.finish(result, last, meaning.retry, stop, now),
        };
        shared.events.emit(|| Event::Retrying {
            attempt: attempt.number,
            delay,
        });
        if let Ok(Err(error)) = result {
            last = Some(error);
        } else {
            drop(result);
        }
        time::sleep(delay).await;
        now = time::now();
    }
}

/// Where one call stands.
struct Progress<'a> {
    shared: &'a Shared,
    idempotent: bool,
    deadline: Deadline,
    backoff: Backoff,
    attempts: u32,
}

/// Why an attempt could not begin, or no answer can be waited for.
enum Refusal {
    DeadlinePassed,
    CircuitOpen(crate::breaker::Open),
}

impl<'a> Progress<'a> {
    fn new(shared: &'a Shared, call: Call, now: Instant) -> Self {
        let overall = Deadline::after_at(now, shared.timeouts.overall);
        Self {
            shared,
            idempotent: call.idempotent,
            deadline: call.deadline.map_or(overall, |callers| callers.min(overall)),
            backoff: shared.retry.backoff(&shared.random),
            attempts: 0,
        }
    }

    fn begin(&mut self, now: Instant) -> Result<(Attempt, Option<Permit<'a>>), Refusal> {
        if self.deadline.has_passed_at(now) {
            return Err(Refusal::DeadlinePassed);
        }
        let deadline = self
            .deadline
            .min(Deadline::after_at(now, self.shared.timeouts.attempt));
        let permit = match &self.shared.breaker {
            Some(breaker) => {
                let admitted = breaker.admit_for(Cow::Borrowed(&self.shared.events), now);
                Some(admitted.map_err(Refusal::CircuitOpen)?.until(deadline))
            }
            None => None,
        };
        if self.attempts == 0
            && let Some(budget) = &self.shared.budget
        {
            budget.deposit();
        }
        self.attempts += 1;
        Ok((Attempt::new(self.attempts, deadline), permit))
    }

    /// The wait before the next attempt, already paid for, or what stands against one.
    fn next_delay(&mut self, retry: Retry, now: Instant) -> Result<Duration, Stop> {
        if retry == Retry::No {
            return Err(Stop::NotRetryable);
        }
        if !self.idempotent && retry != Retry::Transparent {
            return Err(Stop::NotIdempotent);
        }
        if self.attempts > self.shared.retry.max_retries {
            return Err(Stop::RetriesSpent);
        }
        let delay = match retry {
            Retry::After(wait) => wait,
            Retry::No | Retry::Backoff | Retry::Transparent => self.backoff.next_delay(),
        };
        if delay >= self.deadline.remaining_at(now) {
            return Err(Stop::DeadlineTooClose);
        }
        if self.open_for(now).is_some_and(|open_for| open_for > delay) {
            return Err(Stop::CircuitOpen);
        }
        match &self.shared.budget {
            Some(budget) if !budget.withdraw(now) => Err(Stop::BudgetExhausted),
            _ => Ok(delay),
        }
    }

    /// How much longer the circuit breaker rejects everything.
    fn open_for(&self, now: Instant) -> Option<Duration> {
        let until = self.shared.breaker.as_ref()?.open_until()?;
        Some(until.saturating_duration_since(now))
    }

    /// Ends the call with what the last attempt brought.
    fn finish<T, E>(
        &self,
        result: Result<Result<T, E>, Elapsed>,
        last: Option<E>,
        retry: Retry,
        stop: Stop,
        now: Instant,
    ) -> Result<Completed<T>, Error<E>> {
        let attempts = self.attempts;
        if stop != Stop::NotRetryable {
            self.shared.events.emit(|| Event::GaveUp { attempts, stop });
        }
        let (cause, inner) = match result {
            Ok(Ok(value)) => return Ok(Completed::new(value, attempts)),
            Ok(Err(error)) => (Cause::Inner, Some(error)),
            Err(Elapsed { .. }) => {
                let elapsed = Elapsed::after(self.shared.timeouts.attempt);
                (Cause::AttemptTimedOut(elapsed), last)
            }
        };
        let asked = match retry {
            Retry::After(wait) => Some(wait),
            Retry::No | Retry::Backoff | Retry::Transparent => None,
        };
        let open_for = (stop == Stop::CircuitOpen).then(|| self.open_for(now)).flatten();
        // Both must have passed: sooner, the breaker rejects what the peer would take.
        let retry_after = asked.max(open_for);
        Err(Error::new(cause, inner, attempts).stopped(stop, retry_after))
    }

    fn refused<E>(&self, refusal: Refusal, last: Option<E>) -> Error<E> {
        let attempts = self.attempts;
        let cause = match refusal {
            Refusal::DeadlinePassed => {
                self.shared.events.emit(|| Event::DeadlineExceeded { attempts });
                Cause::DeadlineExceeded
            }
            Refusal::CircuitOpen(open) => Cause::CircuitOpen(open),
        };
        Error::new(cause, last, attempts)
    }
}

fn settle(permit: Option<Permit<'_>>, outcome: Outcome, now: Instant) {
    let Some(permit) = permit else { return };
    match outcome {
        Outcome::Success => permit.success(now),
        Outcome::Failure => permit.failure(now),
        Outcome::Throttled | Outcome::Ignored => permit.ignore(now),
    }
}
