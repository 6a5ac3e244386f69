//! What a result means: for the circuit breaker, and for the question whether to try again.
//!
//! The stack knows nothing of status codes; whoever calls it says what counts. A closure is a classifier:
//!
//! ```
//! use resilience::classify::{Classification, Classify};
//!
//! let by_status = |result: Result<&u16, &std::io::Error>| match result {
//!     Ok(502..=504) | Err(_) => Classification::TRANSIENT,
//!     Ok(500..) => Classification::FAILURE,
//!     Ok(_) => Classification::SUCCESS,
//! };
//! assert_eq!(by_status.classify(Ok(&503)), Classification::TRANSIENT);
//! ```

use std::time::Duration;

use crate::{Error, ErrorKind};

/// Says what a result means.
///
/// Called once for each attempt that came back; attempts cut off by a time limit are failures without asking.
pub trait Classify<T, E> {
    /// Judges the result of one attempt.
    fn classify(&self, result: Result<&T, &E>) -> Classification;
}

impl<T, E, F> Classify<T, E> for F
where
    F: Fn(Result<&T, &E>) -> Classification,
{
    fn classify(&self, result: Result<&T, &E>) -> Classification {
        self(result)
    }
}

/// The plainest classifier: an `Ok` is a success, an `Err` a failure that may pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TransientErrors;

impl<T, E> Classify<T, E> for TransientErrors {
    fn classify(&self, result: Result<&T, &E>) -> Classification {
        if result.is_ok() {
            Classification::SUCCESS
        } else {
            Classification::TRANSIENT
        }
    }
}

/// A classifier for the one error type of this crate, by a classifier of the operation's own: for single layers that
/// stand above [`LiftLayer`](crate::lift::LiftLayer).
///
/// A time limit is a failure that may pass, and what this side refused says nothing about the peer and is not retried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lifted<C>(pub C);

impl<T, E, C: Classify<T, E>> Classify<T, Error<E>> for Lifted<C> {
    fn classify(&self, result: Result<&T, &Error<E>>) -> Classification {
        let error = match result {
            Ok(value) => return self.0.classify(Ok(value)),
            Err(error) => error,
        };
        match (error.kind(), error.inner()) {
            (ErrorKind::Inner, Some(inner)) => self.0.classify(Err(inner)),
            (ErrorKind::AttemptTimedOut, _) => Classification::TRANSIENT,
            (ErrorKind::DeadlineExceeded, _) => Classification::FAILURE,
            _ => Classification::IGNORED,
        }
    }
}

/// What one result means: for the circuit breaker and for the retry, which are two questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Classification {
    /// What the circuit breaker counts it as.
    pub outcome: Outcome,
    /// Whether, and when, to try again.
    pub retry: Retry,
}

impl Classification {
    /// The peer is well; nothing to repeat. A definitive "no" such as 404 is this too.
    pub const SUCCESS: Self = Self::new(Outcome::Success, Retry::No);
    /// A failure that would come again, such as 500.
    pub const FAILURE: Self = Self::new(Outcome::Failure, Retry::No);
    /// A failure that may pass, such as 503: tried again after a back-off if the call is idempotent.
    pub const TRANSIENT: Self = Self::new(Outcome::Failure, Retry::Backoff);
    /// Says nothing about the peer, such as a result that the caller gave up.
    pub const IGNORED: Self = Self::new(Outcome::Ignored, Retry::No);

    /// The two answers together.
    #[must_use]
    pub const fn new(outcome: Outcome, retry: Retry) -> Self {
        Self { outcome, retry }
    }

    /// Whether the peer has spoken its last word, so that nothing else may stand in for it: a success, a definitive
    /// "no", or a mistake on this side. A [fallback](crate::fallback) is for all else.
    #[must_use]
    pub const fn is_definitive(self) -> bool {
        match self.outcome {
            Outcome::Success => true,
            Outcome::Ignored => matches!(self.retry, Retry::No),
            Outcome::Failure | Outcome::Throttled => false,
        }
    }

    /// The peer asks for less load, such as 429; `Some` if it said for how long.
    #[must_use]
    pub const fn throttled(retry_after: Option<Duration>) -> Self {
        let retry = match retry_after {
            Some(wait) => Retry::After(wait),
            None => Retry::Backoff,
        };
        Self::new(Outcome::Throttled, retry)
    }
}

/// What the circuit breaker counts a result as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The peer works.
    Success,
    /// The peer does not work.
    Failure,
    /// The peer is alive and asks for less load: neither success nor failure.
    Throttled,
    /// Says nothing about the peer.
    Ignored,
}

/// Whether, and when, to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Not at all.
    No,
    /// After the policy's back-off, if the call is idempotent.
    Backoff,
    /// After exactly this long, as the peer asked (`Retry-After`), if the call is idempotent.
    ///
    /// If the deadline comes before, the call ends at once and the error tells the wait.
    After(Duration),
    /// After the policy's back-off, idempotent or not: the attempt provably never reached the peer.
    Transparent,
}
