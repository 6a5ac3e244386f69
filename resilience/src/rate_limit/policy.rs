use std::time::Duration;

use crate::invalid::{InvalidPolicy, Problems};

/// How many calls may be sent in a stretch of time. A plain value.
///
/// In any stretch of time, at most `burst + calls * stretch / period` calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimitPolicy {
    /// So many calls in each period, evenly spread once the burst is used up. At least 1, and at most one a
    /// nanosecond.
    ///
    /// Default 6,000: what the platform's services grant to another service in a minute.
    pub calls: u32,
    /// The period. Above zero, at most 366 days.
    ///
    /// Default one minute.
    pub period: Duration,
    /// So many calls may be sent at once after a quiet time. At least 1; at the rate, they must not take more than
    /// 100 years.
    ///
    /// Default 100, one second's worth (ours; a token bucket's usual capacity is that of the whole period, which
    /// sends twice the rate in the first one).
    pub burst: u32,
    /// How long a call may wait for its turn; the call's own deadline holds as well. Zero rejects at once. At most
    /// 366 days.
    ///
    /// Default 5 s, as resilience4j's `timeoutDuration`.
    pub max_wait: Duration,
}

impl Default for RateLimitPolicy {
    fn default() -> Self {
        Self {
            calls: 6_000,
            period: Duration::from_secs(60),
            burst: 100,
            max_wait: Duration::from_secs(5),
        }
    }
}

impl RateLimitPolicy {
    const YEAR: Duration = Duration::from_secs(366 * 24 * 60 * 60);

    /// Sets [`calls`](Self::calls) and [`period`](Self::period).
    #[must_use]
    pub fn with_rate(mut self, calls: u32, period: Duration) -> Self {
        self.calls = calls;
        self.period = period;
        self
    }

    /// Sets [`burst`](Self::burst).
    #[must_use]
    pub fn with_burst(mut self, calls: u32) -> Self {
        self.burst = calls;
        self
    }

    /// Sets [`max_wait`](Self::max_wait).
    #[must_use]
    pub fn with_max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range, alone or together with another.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        self.check(&mut problems);
        problems.into_result()
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        problems.require(
            self.calls > 0,
            &["rate_limit.calls"],
            "rate_limit.calls must be at least 1",
        );
        problems.require(
            !self.period.is_zero() && self.period <= Self::YEAR,
            &["rate_limit.period"],
            "rate_limit.period must be above zero and at most 366 days",
        );
        problems.require(
            self.period.as_nanos() >= u128::from(self.calls),
            &["rate_limit.calls", "rate_limit.period"],
            "rate_limit.calls must be at most one a nanosecond",
        );
        problems.require(
            self.burst > 0,
            &["rate_limit.burst"],
            "rate_limit.burst must be at least 1",
        );
        problems.require(
            self.period.as_nanos() * u128::from(self.burst)
                <= 100 * Self::YEAR.as_nanos() * u128::from(self.calls.max(1)),
            &["rate_limit.burst", "rate_limit.calls", "rate_limit.period"],
            "rate_limit.burst must not take more than 100 years at the rate",
        );
        problems.require(
            self.max_wait <= Self::YEAR,
            &["rate_limit.max_wait"],
            "rate_limit.max_wait must be at most 366 days",
        );
    }
}
