use std::time::Duration;

use crate::invalid::{InvalidPolicy, Problems};

/// The two time limits of a call, as plain values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeoutPolicy {
    /// How long the call may take with all its attempts and the waits between them.
    ///
    /// Longer than `attempt`. Default 5 s: the platform's figure for a read that no checkout waits for.
    pub overall: Duration,
    /// How long one attempt may take.
    ///
    /// Above zero and shorter than `overall`. Default 2 s, the platform's figure likewise.
    pub attempt: Duration,
}

impl Default for TimeoutPolicy {
    fn default() -> Self {
        Self {
            overall: Duration::from_secs(5),
            attempt: Duration::from_secs(2),
        }
    }
}

impl TimeoutPolicy {
    /// Sets [`overall`](Self::overall).
    #[must_use]
    pub fn with_overall(mut self, limit: Duration) -> Self {
        self.overall = limit;
        self
    }

    /// Sets [`attempt`](Self::attempt).
    #[must_use]
    pub fn with_attempt(mut self, limit: Duration) -> Self {
        self.attempt = limit;
        self
    }

    /// Checks the values against each other.
    ///
    /// # Errors
    ///
    /// When an attempt may take no time at all, or as long as the whole call.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        self.check(&mut problems);
        problems.into_result()
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
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
