mod boxed;
mod info;
mod kind;
mod lifted;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

pub use boxed::BoxedError;
pub use info::ErrorInfo;
pub use kind::ErrorKind;

use crate::breaker::Open;
use crate::bulkhead::Full;
use crate::rate_limit::Limited;
use crate::retry::Stop;
use crate::timeout::Elapsed;

/// A call that brought no answer.
///
/// `E` is the error of the operation itself. Ask by predicate; the operation's own error, where there is one, is the
/// [`source`](std::error::Error::source).
#[derive(Debug, Clone)]
pub struct Error<E> {
    cause: Cause,
    /// What ended the call if the cause is `Inner`, and else what the last attempt to bring an error brought.
    inner: Option<E>,
    attempts: u32,
    stop: Option<Stop>,
    retry_after: Option<Duration>,
}

#[derive(Debug, Clone)]
pub(crate) enum Cause {
    Inner,
    AttemptTimedOut(Elapsed),
    DeadlineExceeded,
    CircuitOpen(Open),
    Full(Full),
    RateLimited(Limited),
}

impl<E> Error<E> {
    pub(crate) fn new(cause: Cause, inner: Option<E>, attempts: u32) -> Self {
        let retry_after = match &cause {
            Cause::CircuitOpen(open) => open.retry_after(),
            Cause::RateLimited(limited) => limited.retry_after(),
            Cause::Inner | Cause::AttemptTimedOut(_) | Cause::DeadlineExceeded | Cause::Full(_) => None,
        };
        Self {
            cause,
            inner,
            attempts,
            stop: None,
            retry_after,
        }
    }

    /// The operation's own error.
    pub(crate) fn lifted(error: E, attempts: u32) -> Self {
        Self::new(Cause::Inner, Some(error), attempts)
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
            Cause::Inner => ErrorKind::Inner,
            Cause::AttemptTimedOut(_) => ErrorKind::AttemptTimedOut,
            Cause::DeadlineExceeded => ErrorKind::DeadlineExceeded,
            Cause::CircuitOpen(_) => ErrorKind::CircuitOpen,
            Cause::Full(_) => ErrorKind::BulkheadFull,
            Cause::RateLimited(_) => ErrorKind::RateLimited,
        }
    }

    /// Whether the last attempt or the whole call ran out of time. Usually a slow or unreachable peer: a longer
    /// limit helps only if the peer is known to need it.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind().is_timeout()
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

    /// Whether this side refused to send: an open circuit, a full bulkhead, a limit. Cured by less load or by time,
    /// never by trying again at once.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        self.kind().is_rejected()
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

    /// How long to wait before calling again: as the peer asked, or until this side lets calls pass again.
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
            Cause::CircuitOpen(open) => Some(open),
            _ => None,
        }
    }

    /// The rejection of the bulkhead or the adaptive limit, if that ended the call.
    #[must_use]
    pub fn full(&self) -> Option<&Full> {
        match &self.cause {
            Cause::Full(full) => Some(full),
            _ => None,
        }
    }

    /// The rate limit's rejection, if that ended the call.
    #[must_use]
    pub fn limited(&self) -> Option<&Limited> {
        match &self.cause {
            Cause::RateLimited(limited) => Some(limited),
            _ => None,
        }
    }

    /// The operation's own error: what ended the call, or else what the last attempt to bring one brought.
    #[must_use]
    pub fn inner(&self) -> Option<&E> {
        self.inner.as_ref()
    }

    /// As [`inner`](Self::inner), by value.
    #[must_use]
    pub fn into_inner(self) -> Option<E> {
        self.inner
    }

    /// Everything about it that does not depend on `E`.
    #[must_use]
    pub fn info(&self) -> ErrorInfo {
        ErrorInfo {
            kind: self.kind(),
            attempts: self.attempts,
            stop: self.stop,
            retry_after: self.retry_after,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attempts = self.attempts;
        match &self.cause {
            Cause::Inner if attempts <= 1 => f.write_str("the call failed"),
            Cause::Inner => write!(f, "the call failed after {attempts} attempts"),
            Cause::AttemptTimedOut(elapsed) if attempts == 0 => elapsed.fmt(f),
            Cause::AttemptTimedOut(elapsed) => write!(f, "attempt {attempts} {elapsed}"),
            Cause::DeadlineExceeded if attempts == 0 => {
                f.write_str("the deadline passed before the first attempt")
            }
            Cause::DeadlineExceeded => write!(f, "the deadline passed during attempt {attempts}"),
            Cause::CircuitOpen(open) => open.fmt(f),
            Cause::Full(full) => full.fmt(f),
            Cause::RateLimited(limited) => limited.fmt(f),
        }
    }
}

impl<E: StdError + 'static> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.as_ref().map(|error| error as _)
    }
}
