use std::time::Duration;

use crate::invalid::InvalidPolicy;

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
    /// A call that takes so long or longer is slow, whether it succeeds or fails; `None` switches this off. Above
    /// zero.
    ///
    /// While half-open, a slow trial counts as one that failed. Costs a second look at the clock for each call.
    ///
    /// Default `None` (the guidelines have no figure).
    pub slow_call_duration: Option<Duration>,
    /// Opens when this part of the calls in the window was slow or more. Above 0, at most 1.
    ///
    /// Default 1, as resilience4j.
    pub slow_call_rate: f64,
    /// The rates are judged from so many calls in the window on; fewer say too little. At least 1, and not more than
    /// a window by calls holds.
    ///
    /// Default 20.
    pub minimum_calls: u32,
    /// Which calls the rates are judged by.
    ///
    /// Default those of the last 10 s.
    pub window: WindowPolicy,
    /// How long all calls are rejected before the first trial. Above zero.
    ///
    /// Default 30 s.
    pub open_for: Duration,
    /// By how much longer it stays open each time that its trials fail, as a factor; 1 is not at all. From 1 to 10.
    ///
    /// Default 1 (the guidelines have one figure for all times).
    pub open_growth: f64,
    /// As long as [`open_for`](Self::open_for) may grow; not shorter than that if it grows.
    ///
    /// Default 5 min, as Envoy's `max_ejection_time`.
    pub max_open_for: Duration,
    /// So many trial calls may pass while half-open, and as many must succeed to close; one failure opens again.
    /// From 1 to 65,535.
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
    /// For how long after its trials have closed it only a part of the calls may pass, from a tenth up to all in a
    /// straight line; zero is not at all.
    ///
    /// Default zero (the guidelines have no figure; the tenth is Envoy's, of its slow start).
    pub ramp_for: Duration,
}

/// Which calls the rates of a circuit breaker are judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WindowPolicy {
    /// Those of the last while, at least 1 ms. It slides in steps of a tenth of its length, so it holds between nine
    /// and ten tenths of it.
    ///
    /// Successes cost the least with this one: threads count theirs apart.
    Time(Duration),
    /// The last so many calls, exactly. From 1 to 1,000,000.
    ///
    /// Needs as many pairs of bytes, and a lock for each call.
    Calls(u32),
}

impl From<Duration> for WindowPolicy {
    fn from(length: Duration) -> Self {
        Self::Time(length)
    }
}

impl Default for BreakerPolicy {
    fn default() -> Self {
        Self {
            consecutive_failures: Some(5),
            failure_rate: Some(0.5),
            slow_call_duration: None,
            slow_call_rate: 1.0,
            minimum_calls: 20,
            window: WindowPolicy::Time(Duration::from_secs(10)),
            open_for: Duration::from_secs(30),
            open_growth: 1.0,
            max_open_for: Duration::from_secs(300),
            trials: 3,
            half_open_max_wait: Duration::from_secs(30),
            ramp_for: Duration::ZERO,
        }
    }
}

impl BreakerPolicy {
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

    /// Sets [`slow_call_duration`](Self::slow_call_duration); `None` switches it off.
    #[must_use]
    pub fn with_slow_call_duration(mut self, duration: impl Into<Option<Duration>>) -> Self {
        self.slow_call_duration = duration.into();
        self
    }

    /// Sets [`slow_call_rate`](Self::slow_call_rate).
    #[must_use]
    pub fn with_slow_call_rate(mut self, rate: f64) -> Self {
        self.slow_call_rate = rate;
        self
    }

    /// Sets [`minimum_calls`](Self::minimum_calls).
    #[must_use]
    pub fn with_minimum_calls(mut self, calls: u32) -> Self {
        self.minimum_calls = calls;
        self
    }

    /// Sets [`window`](Self::window); a duration is a window by time.
    #[must_use]
    pub fn with_window(mut self, window: impl Into<WindowPolicy>) -> Self {
        self.window = window.into();
        self
    }

    /// Sets [`open_for`](Self::open_for).
    #[must_use]
    pub fn with_open_for(mut self, wait: Duration) -> Self {
        self.open_for = wait;
        self
    }

    /// Sets [`open_growth`](Self::open_growth).
    #[must_use]
    pub fn with_open_growth(mut self, factor: f64) -> Self {
        self.open_growth = factor;
        self
    }

    /// Sets [`max_open_for`](Self::max_open_for).
    #[must_use]
    pub fn with_max_open_for(mut self, wait: Duration) -> Self {
        self.max_open_for = wait;
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

    /// Sets [`ramp_for`](Self::ramp_for).
    #[must_use]
    pub fn with_ramp_for(mut self, duration: Duration) -> Self {
        self.ramp_for = duration;
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range, and says so if nothing could ever open the breaker.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        super::validate::validate(self)
    }

    /// How long it stays open after its trials have failed so often in a row.
    pub(super) fn open_for_after(&self, reopenings: u32) -> Duration {
        if self.open_growth <= 1.0 {
            return self.open_for;
        }
        let factor = self
            .open_growth
            .powi(i32::try_from(reopenings).unwrap_or(i32::MAX));
        // What a duration cannot hold is longer than the longest in any case.
        Duration::try_from_secs_f64(self.open_for.as_secs_f64() * factor).map_or(self.max_open_for, |grown| {
            grown.clamp(self.open_for, self.max_open_for)
        })
    }
}
