use std::time::Duration;

use super::{Backoff, Jitter, Random};
use crate::invalid::{InvalidPolicy, Problems};

/// How often to try again, and after how long. A plain value.
///
/// The step before retry `n` (from 1) is `base_delay * factor^(n - 1)`, at most `max_delay`; the jitter makes
/// the wait of it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// So many retries after the first attempt; 0 is none.
    ///
    /// Default 3, from the platform's integration guidelines.
    pub max_retries: u32,
    /// The first step.
    ///
    /// Default 100 ms, from the guidelines.
    pub base_delay: Duration,
    /// What each step is multiplied by for the next. At least 1.
    ///
    /// Default 2, from the guidelines (100, 200, 400 ms).
    pub factor: f64,
    /// The longest step. At least `base_delay`. Additive jitter comes on top of it.
    ///
    /// Default 2 s (ours: longer than any call's attempt should be waited for).
    pub max_delay: Duration,
    /// How chance spreads the waits.
    ///
    /// Default [`Jitter::Full`].
    pub jitter: Jitter,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(100),
            factor: 2.0,
            max_delay: Duration::from_secs(2),
            jitter: Jitter::Full,
        }
    }
}

impl RetryPolicy {
    /// No retry at all.
    #[must_use]
    pub fn never() -> Self {
        Self::default().with_max_retries(0)
    }

    /// Sets [`max_retries`](Self::max_retries).
    #[must_use]
    pub fn with_max_retries(mut self, count: u32) -> Self {
        self.max_retries = count;
        self
    }

    /// Sets [`base_delay`](Self::base_delay).
    #[must_use]
    pub fn with_base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets [`factor`](Self::factor).
    #[must_use]
    pub fn with_factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }

    /// Sets [`max_delay`](Self::max_delay).
    #[must_use]
    pub fn with_max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets [`jitter`](Self::jitter).
    #[must_use]
    pub fn with_jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// The waits of one call, drawn from `random`.
    #[must_use]
    pub fn backoff(&self, random: &Random) -> Backoff {
        Backoff::new(*self, random.clone())
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        self.check(&mut problems);
        problems.into_result()
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        problems.require(
            self.factor.is_finite() && self.factor >= 1.0,
            &["retry.factor"],
            "retry.factor must be a number of at least 1",
        );
        problems.require(
            self.base_delay <= self.max_delay,
            &["retry.base_delay", "retry.max_delay"],
            "retry.base_delay must not be longer than retry.max_delay",
        );
        if let Jitter::Additive(part) = self.jitter {
            problems.require(
                part.is_finite() && part >= 0.0,
                &["retry.jitter"],
                "retry.jitter: the additive part must be a number of at least 0",
            );
        }
    }
}
