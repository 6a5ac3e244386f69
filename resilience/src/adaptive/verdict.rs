use crate::classify::{Classification, Outcome, Retry};

/// What a result says about how much the peer can bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Success,
    Overload,
    Unknown,
}

impl Verdict {
    /// A failure that may pass (503, a time limit) is an overload, as is a request for less load; one that would come
    /// again, or that never reached the peer, says nothing about load.
    pub(super) fn of(meaning: Classification) -> Self {
        match (meaning.outcome, meaning.retry) {
            (Outcome::Success, _) => Self::Success,
            (Outcome::Throttled, _) | (Outcome::Failure, Retry::Backoff | Retry::After(_)) => Self::Overload,
            (Outcome::Failure | Outcome::Ignored, _) => Self::Unknown,
        }
    }
}
