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
    /// A circuit breaker rejected the call. Never sent, if [`Error::attempts`](crate::Error::attempts) is 0.
    CircuitOpen,
    /// Too many calls to the peer were under way, by a bulkhead or by an adaptive limit. Never sent.
    BulkheadFull,
    /// More calls a second than the rate limit allows. Never sent.
    RateLimited,
}

impl ErrorKind {
    /// A time limit.
    #[must_use]
    pub fn is_timeout(self) -> bool {
        matches!(self, Self::AttemptTimedOut | Self::DeadlineExceeded)
    }

    /// This side refused to send.
    #[must_use]
    pub fn is_rejected(self) -> bool {
        matches!(self, Self::CircuitOpen | Self::BulkheadFull | Self::RateLimited)
    }

    /// As logs and metrics name it, such as `circuit_open`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inner => "inner",
            Self::AttemptTimedOut => "attempt_timed_out",
            Self::DeadlineExceeded => "deadline_exceeded",
            Self::CircuitOpen => "circuit_open",
            Self::BulkheadFull => "bulkhead_full",
            Self::RateLimited => "rate_limited",
        }
    }
}
