use std::time::Duration;

use crate::invalid::{InvalidPolicy, Problems};

/// When a circuit breaker opens, for how long, and what closes it again.
///
/// A plain value; the defaults are the platform's integration guidelines unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct BreakerPolicy {
    /// Opens after so many failures without a success between them; `None` switches this off. At least 1.
    ///
    /// Default 5.
    pub consecutive_failures: Option<u32>,
    /// Opens when this part of the calls in the window failed or more; `None` switches this off. Above 0, at
    /// most 1.
    ///
    /// Default 0.5.
    pub failure_rate: Option<f64>,
    /// The rate is judged from so many calls in the window on; fewer say too little. At least 1.
    ///
    /// Default 20.
    pub minimum_calls: u32,
    /// How far the window reaches back. It slides in steps of a tenth of its length, at least 1 µs each, so it
    /// holds between nine and ten tenths of it.
    ///
    /// At least 10 µs. Default 10 s.
    pub window: Duration,
    /// How long all calls are rejected before the first trial. Above zero.
    ///
    /// Default 30 s.
    pub open_for: Duration,
    /// So many trial calls may pass while half-open, and as many must succeed to close; one failure opens again.
    /// At least 1.
    ///
    /// A caller who makes more calls at once than this, and drops all of them at the first rejection (`try_join`),
    /// lets no trial come back. See [`half_open_max_wait`](Self::half_open_max_wait).
    ///
    /// Default 3.
    pub trials: u32,
    /// How long half-open waits for results that do not come; judged when a call would be rejected. Above zero.
    ///
    /// So long after the last trial was handed out, those that are lost are written off and new ones handed out.
    /// When callers have dropped their trials for so long without one that succeeded, twice as many may pass, and
    /// twice as many again after the next such time: still one failure opens again, and the number of successes
    /// that close is the same.
    ///
    /// Default 30 s, as `open_for` (ours; the guidelines have no figure).
    pub half_open_max_wait: Duration,
}

impl Default for BreakerPolicy {
    fn default() -> Self {
        Self {
            consecutive_failures: Some(5),
            failure_rate: Some(0.5),
            minimum_calls: 20,
            window: Duration::from_secs(10),
            open_for: Duration::from_secs(30),
            trials: 3,
            half_open_max_wait: Duration::from_secs(30),
        }
    }
}

impl BreakerPolicy {
    /// The shortest window: ten steps of a microsecond.
    const SHORTEST_WINDOW: Duration = Duration::from_micros(10);

    /// Sets [`consecutive_failures`](Self::consecutive_failures); `None` switches it off.
    #[must_use]
    pub fn with_consecutive_failures(mut self, count: impl Into<Option<u32>>) -> Self {
        self.consecutive_failures = count.into();
        self
    }

    /// Sets [`failure_rate`](Self::failure_rate); `None` switches it off.
    #[must_use]
    pub fn with_failure_rate(mut self, rate: impl Into<Option<f64>>) -> Self {
        self.failure_rate = rate.into();
        self
    }

    /// Sets [`minimum_calls`](Self::minimum_calls).
    #[must_use]
    pub fn with_minimum_calls(mut self, calls: u32) -> Self {
        self.minimum_calls = calls;
        self
    }

    /// Sets [`window`](Self::window).
    #[must_use]
    pub fn with_window(mut self, length: Duration) -> Self {
        self.window = length;
        self
    }

    /// Sets [`open_for`](Self::open_for).
    #[must_use]
    pub fn with_open_for(mut self, wait: Duration) -> Self {
        self.open_for = wait;
        self
    }

    /// Sets [`trials`](Self::trials).
    #[must_use]
    pub fn with_trials(mut self, count: u32) -> Self {
        self.trials = count;
        self
    }

    /// Sets [`half_open_max_wait`](Self::half_open_max_wait).
    #[must_use]
    pub fn with_half_open_max_wait(mut self, wait: Duration) -> Self {
        self.half_open_max_wait = wait;
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range, and says so if nothing could ever open the breaker.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        self.check(&mut problems);
        problems.into_result()
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        problems.require(
            self.consecutive_failures != Some(0),
            &["breaker.consecutive_failures"],
            "breaker.consecutive_failures must be at least 1",
        );
        problems.require(
            self.failure_rate.is_none_or(|rate| rate > 0.0 && rate <= 1.0),
            &["breaker.failure_rate"],
            "breaker.failure_rate must be above 0 and at most 1",
        );
        problems.require(
            self.consecutive_failures.is_some() || self.failure_rate.is_some(),
            &["breaker.consecutive_failures", "breaker.failure_rate"],
            "breaker.consecutive_failures or breaker.failure_rate must be set, or the breaker never opens",
        );
        problems.require(
            self.minimum_calls > 0,
            &["breaker.minimum_calls"],
            "breaker.minimum_calls must be at least 1",
        );
        problems.require(
            self.window >= Self::SHORTEST_WINDOW,
            &["breaker.window"],
            "breaker.window must be at least 10 µs",
        );
        problems.require(
            !self.open_for.is_zero(),
            &["breaker.open_for"],
            "breaker.open_for must be longer than zero",
        );
        problems.require(
            self.trials > 0,
            &["breaker.trials"],
            "breaker.trials must be at least 1",
        );
        problems.require(
            !self.half_open_max_wait.is_zero(),
            &["breaker.half_open_max_wait"],
            "breaker.half_open_max_wait must be longer than zero",
        );
    }
}
