use super::Completed;
use super::gate::Leave;
use crate::Error;
use crate::budget::RetryPermit;
use crate::call::Operation;
use crate::rate_limit::Turn;
use crate::time::Instant;

/// How far a call has come.
pub(super) enum Stage {
    New,
    /// Waits for a place in the bulkhead or the adaptive limit.
    Entering(Leave),
    Waiting(Wait),
    Attempting,
    Ended,
}

pub(super) enum Wait {
    /// For its turn at the rate limit.
    Turn(Turn),
    /// For the end of a back-off, with the permit of the retry that follows.
    Backoff {
        until: Instant,
        paid: Option<RetryPermit>,
    },
}

impl Wait {
    pub(super) fn until(&self) -> Instant {
        match self {
            Self::Turn(turn) => turn.at(),
            Self::Backoff { until, .. } => *until,
        }
    }
}

/// How a call ended.
pub(super) struct Ended<T, E> {
    pub(super) result: Result<Completed<T>, Error<E>>,
    /// Whether nothing may stand in for the result.
    pub(super) is_definitive: bool,
}

pub(super) type Outcome<O> = Ended<<O as Operation>::Value, <O as Operation>::Error>;
