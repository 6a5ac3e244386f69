use std::time::Duration;

use crate::invalid::{InvalidPolicy, Problems};

/// The time limits of a call, as plain values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeoutPolicy {
    /// How long the connection may take to come up. Above zero.
    ///
    /// The stack cannot see connections: this is for whoever opens them, who is told by
    /// [`Attempt::connect_timeout`](crate::Attempt::connect_timeout).
    ///
    /// Default 1 s, the platform's figure for a read that no checkout waits for.
    pub connect: Duration,
    /// How long one attempt may take, its connection included.
    ///
    /// Above zero and shorter than `overall`. Default 2 s, the platform's figure likewise.
    pub attempt: Duration,
    /// How long the call may take with all its attempts and the waits between them.
    ///
    /// Longer than `attempt`. Default 5 s, the platform's figure likewise.
    pub overall: Duration,
}

impl Default for TimeoutPolicy {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(1),
            attempt: Duration::from_secs(2),
            overall: Duration::from_secs(5),
        }
    }
}

impl TimeoutPolicy {
    /// Sets [`connect`](Self::connect).
    #[must_use]
    pub fn with_connect(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// Sets [`attempt`](Self::attempt).
    #[must_use]
    pub fn with_attempt(mut self, limit: Duration) -> Self {
        self.attempt = limit;
        self
    }

    /// Sets [`overall`](Self::overall).
    #[must_use]
    pub fn with_overall(mut self, limit: Duration) -> Self {
        self.overall = limit;
        self
    }

    /// Checks the values against each other.
    ///
    /// # Errors
    ///
    /// When a connection or an attempt may take no time at all, or an attempt as long as the whole call.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        self.check(&mut problems);
        problems.into_result()
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        problems.require(
            !self.connect.is_zero(),
            &["connect_timeout"],
            "connect_timeout must be longer than zero",
        );
        problems.require(
            !self.attempt.is_zero(),
            &["attempt_timeout"],
            "attempt_timeout must be longer than zero",
        );
        if self.attempt >= self.overall {
            problems.add(
                &["attempt_timeout", "overall_timeout"],
                format!(
                    "attempt_timeout ({:?}) must be shorter than overall_timeout ({:?}), \
                     or no attempt ever times out by itself and the circuit breaker learns nothing",
                    self.attempt, self.overall
                ),
            );
        }
    }
}
