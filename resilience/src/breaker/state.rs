use std::fmt;

/// What a circuit breaker does with the next call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Lets it pass.
    Closed,
    /// Rejects it.
    Open,
    /// Lets it pass if a trial is left, and rejects it otherwise.
    HalfOpen,
}

impl State {
    /// `closed`, `open` or `half_open`, as logs and metrics name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a circuit breaker opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OpenReason {
    /// So many calls failed in a row.
    ConsecutiveFailures(u32),
    /// Too large a part of the calls in the window failed.
    #[non_exhaustive]
    FailureRate {
        /// How many of them failed.
        failures: u64,
        /// How many there were.
        calls: u64,
    },
    /// A trial call failed: the peer has not recovered.
    TrialFailed,
}

impl fmt::Display for OpenReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConsecutiveFailures(1) => f.write_str("1 failure in a row"),
            Self::ConsecutiveFailures(count) => write!(f, "{count} failures in a row"),
            Self::FailureRate { failures, calls } => write!(f, "{failures} of the last {calls} calls failed"),
            Self::TrialFailed => f.write_str("a trial call failed"),
        }
    }
}
