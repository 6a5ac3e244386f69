use std::fmt;

use super::circuit::Phase;

/// What a circuit breaker does with the next call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// Lets it pass.
    Closed,
    /// Closed again not long ago: lets a growing part of the calls pass, and rejects the others.
    Recovering,
    /// Rejects it.
    Open,
    /// Lets it pass if a trial is left, and rejects it otherwise.
    HalfOpen,
    /// Rejects it until somebody closes the breaker by hand.
    Isolated,
    /// Lets it pass and records nothing.
    Disabled,
    /// Lets it pass and records it.
    MetricsOnly,
}

impl State {
    /// The state in snake case, such as `half_open`, as logs and metrics name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Recovering => "recovering",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
            Self::Isolated => "isolated",
            Self::Disabled => "disabled",
            Self::MetricsOnly => "metrics_only",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Phase> for State {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Closed => Self::Closed,
            Phase::Recovering => Self::Recovering,
            Phase::Open => Self::Open,
            Phase::HalfOpen => Self::HalfOpen,
            Phase::Isolated => Self::Isolated,
            Phase::Disabled => Self::Disabled,
            Phase::MetricsOnly => Self::MetricsOnly,
        }
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
    /// Too large a part of the calls in the window was slow.
    #[non_exhaustive]
    SlowCallRate {
        /// How many of them were slow.
        slow: u64,
        /// How many there were.
        calls: u64,
    },
    /// A trial call failed: the peer has not recovered.
    TrialFailed,
    /// A trial call succeeded, but was slow: the peer has not recovered.
    TrialSlow,
    /// Somebody isolated it by hand.
    Isolated,
}

impl fmt::Display for OpenReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConsecutiveFailures(1) => f.write_str("1 failure in a row"),
            Self::ConsecutiveFailures(count) => write!(f, "{count} failures in a row"),
            Self::FailureRate { failures, calls } => write!(f, "{failures} of the last {calls} calls failed"),
            Self::SlowCallRate { slow, calls } => write!(f, "{slow} of the last {calls} calls were slow"),
            Self::TrialFailed => f.write_str("a trial call failed"),
            Self::TrialSlow => f.write_str("a trial call was slow"),
            Self::Isolated => f.write_str("isolated by hand"),
        }
    }
}
