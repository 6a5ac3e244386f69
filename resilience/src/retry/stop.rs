use std::fmt;

/// What stood against another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stop {
    /// The classifier did not want one: the result would be the same again.
    NotRetryable,
    /// The call is not idempotent, and the peer may have acted on it already.
    NotIdempotent,
    /// All retries of the policy are spent.
    RetriesSpent,
    /// The wait before it would have reached the deadline of the call.
    DeadlineTooClose,
    /// The circuit breaker is open.
    CircuitOpen,
    /// The retry budget is spent: too large a part of the recent calls were retried already.
    BudgetExhausted,
}

impl Stop {
    /// The reason in snake case, such as `budget_exhausted`, as logs and metrics name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotRetryable => "not_retryable",
            Self::NotIdempotent => "not_idempotent",
            Self::RetriesSpent => "retries_spent",
            Self::DeadlineTooClose => "deadline_too_close",
            Self::CircuitOpen => "circuit_open",
            Self::BudgetExhausted => "budget_exhausted",
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotRetryable => "the failure is not one to retry",
            Self::NotIdempotent => "the call is not idempotent",
            Self::RetriesSpent => "the retries are spent",
            Self::DeadlineTooClose => "the wait would reach the deadline",
            Self::CircuitOpen => "the circuit breaker is open",
            Self::BudgetExhausted => "the retry budget is spent",
        })
    }
}
