use std::fmt;
use std::time::Duration;

use crate::breaker::Open;
use crate::retry::Stop;

/// A call that brought no answer.
///
/// `E` is the error of the operation itself. Ask by predicate; the cause, where there is one, is in
/// [`source`](std::error::Error::source).
#[derive(Debug, Clone)]
pub struct Error<E> {
    cause: Cause<E>,
    attempts: u32,
    retry_after: Option<Duration>,
    stop: Option<Stop>,
}

/// What ended a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operation's own error, of the last attempt.
    Inner,
    /// The last attempt reached its time limit. The peer may have acted on it.
    AttemptTimedOut,
    /// The deadline of the call passed. The peer may have acted on it if an attempt was begun.
    DeadlineExceeded,
    /// A circuit breaker rejected the call. Never sent, if [`Error::attempts`] is 0.
    CircuitOpen,
}

#[derive(Debug, Clone)]
pub(crate) enum Cause<E> {
    Inner(E),
    AttemptTimedOut { limit: Duration, last: Option<E> },
    DeadlineExceeded { last: Option<E> },
    CircuitOpen { open: Open, last: Option<E> },
}

impl<E> Error<E> {
    pub(crate) fn new(cause: Cause<E>, attempts: u32) -> Self {
        let retry_after = match &cause {
            Cause::CircuitOpen { open, .. } => open.retry_after(),
            _ => None,
        };
        Self {
            cause,
            attempts,
            retry_after,
            stop: None,
        }
    }

    pub(crate) fn stopped(mut self, stop: Stop, retry_after: Option<Duration>) -> Self {
        self.stop = Some(stop);
        self.retry_after = retry_after;
        self
    }

    /// What ended the call.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self.cause {
            Cause::Inner(_) => ErrorKind::Inner,
            Cause::AttemptTimedOut { .. } => ErrorKind::AttemptTimedOut,
            Cause::DeadlineExceeded { .. } => ErrorKind::DeadlineExceeded,
            Cause::CircuitOpen { .. } => ErrorKind::CircuitOpen,
        }
    }

    /// Whether the last attempt or the whole call ran out of time. Usually a slow or unreachable peer: a longer
    /// limit helps only if the peer is known to need it.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::AttemptTimedOut | ErrorKind::DeadlineExceeded
        )
    }

    /// Whether the deadline of the call passed.
    #[must_use]
    pub fn is_deadline_exceeded(&self) -> bool {
        self.kind() == ErrorKind::DeadlineExceeded
    }

    /// Whether a circuit breaker rejected the call. Do not repeat it before [`retry_after`](Self::retry_after).
    #[must_use]
    pub fn is_circuit_open(&self) -> bool {
        self.kind() == ErrorKind::CircuitOpen
    }

    /// Whether a retry was due that the budget did not pay for: the peer fails many calls.
    #[must_use]
    pub fn is_budget_exhausted(&self) -> bool {
        self.stop == Some(Stop::BudgetExhausted)
    }

    /// How many attempts were begun; 0 if the call never left.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long to wait before calling again: as the peer asked, or until the circuit breaker lets a trial pass.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// What stood against another attempt; `None` if none was in question.
    #[must_use]
    pub fn stopped_by(&self) -> Option<Stop> {
        self.stop
    }

    /// The breaker's rejection, if that ended the call.
    #[must_use]
    pub fn open(&self) -> Option<&Open> {
        match &self.cause {
            Cause::CircuitOpen { open, .. } => Some(open),
            _ => None,
        }
    }

    /// The operation's own error: what ended the call, or else what the last attempt to bring one brought.
    #[must_use]
    pub fn inner(&self) -> Option<&E> {
        match &self.cause {
            Cause::Inner(error) => Some(error),
            Cause::AttemptTimedOut { last, .. }
            | Cause::DeadlineExceeded { last }
            | Cause::CircuitOpen { last, .. } => last.as_ref(),
        }
    }

    /// As [`inner`](Self::inner), by value.
    #[must_use]
    pub fn into_inner(self) -> Option<E> {
        match self.cause {
            Cause::Inner(error) => Some(error),
            Cause::AttemptTimedOut { last, .. }
            | Cause::DeadlineExceeded { last }
            | Cause::CircuitOpen { last, .. } => last,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attempts = self.attempts;
        match &self.cause {
            Cause::Inner(_) if attempts == 1 => f.write_str("the call failed"),
            Cause::Inner(_) => write!(f, "the call failed after {attempts} attempts"),
            Cause::AttemptTimedOut { limit, .. } => write!(f, "attempt {attempts} timed out after {limit:?}"),
            Cause::DeadlineExceeded { .. } if attempts == 0 => {
                f.write_str("the deadline passed before the first attempt")
            }
            Cause::DeadlineExceeded { .. } => write!(f, "the deadline passed during attempt {attempts}"),
            Cause::CircuitOpen { open, .. } => write!(f, "{open}"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().map(|error| error as _)
    }
}
