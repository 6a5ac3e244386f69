use std::time::Duration;

use crate::bulkhead::BulkheadPolicy;
use crate::invalid::{InvalidPolicy, Problems};

/// How a concurrency limit finds out what a peer can bear. A plain value.
///
/// The defaults are those of Netflix's concurrency-limits unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct AdaptivePolicy {
    /// What makes the limit grow and shrink. Default [`Algorithm::Gradient`].
    pub algorithm: Algorithm,
    /// The limit before anything is known. From `min_limit` to `max_limit`.
    ///
    /// Default 20.
    pub initial_limit: u32,
    /// The limit never falls below this, so that something is always learnt. At least 1.
    ///
    /// Default 1, as failsafe-go.
    pub min_limit: u32,
    /// The limit never grows beyond this. From `min_limit` to [`BulkheadPolicy::MAX_CONCURRENT`].
    ///
    /// Default 200.
    pub max_limit: u32,
    /// What an overload leaves of the limit. From 0.5 up to but not including 1.
    ///
    /// Calls that were under way together fail together: the limit falls once for all that began before it fell.
    ///
    /// Default 0.9.
    pub decrease: f64,
    /// Results are gathered for so long before the limit is judged anew. At least 1 ms.
    ///
    /// Default 1 s.
    pub window: Duration,
    /// A window goes on until it has seen so many successes. At least 1.
    ///
    /// Default 10.
    pub min_samples: u32,
    /// So many calls may wait for a slot, first come, first served; 0 rejects at once. At most
    /// [`BulkheadPolicy::MAX_WAITING`].
    ///
    /// Default 0: a limit that was found by measuring is hidden by a queue in front of it.
    pub max_waiting: u32,
    /// How long a call may wait; the call's own deadline holds as well. Above zero if any may wait.
    ///
    /// Default 1 s, as [`BulkheadPolicy::max_wait`].
    pub max_wait: Duration,
}

/// What makes a limit grow and shrink, apart from overloads, which always shrink it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Algorithm {
    /// Grows step by step until there is an overload: additive increase, multiplicative decrease, as TCP does.
    ///
    /// Needs a peer that rejects or a time limit that is met when it is overloaded.
    Aimd(Aimd),
    /// Compares the times of now with those of the long run, and shrinks while calls queue up at the peer.
    Gradient(Gradient),
}

/// The numbers of [`Algorithm::Aimd`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aimd {
    /// What a window without overload adds. At least 1.
    ///
    /// Default 1.
    pub increase: u32,
    /// A window whose calls took longer than this on average was an overload; `None` leaves that to time limits.
    /// Above zero.
    ///
    /// Default none.
    pub overload_above: Option<Duration>,
}

/// The numbers of [`Algorithm::Gradient`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Gradient {
    /// So many times the time of the long run is still no sign of a queue. At least 1.
    ///
    /// Default 1.5.
    pub tolerance: f64,
    /// So many calls may queue at the peer, which is what makes the limit grow as long as times are good. At
    /// least 1.
    ///
    /// Default 4.
    pub queue: u32,
    /// Which part of the way to its new value the limit takes in a window. Above 0, at most 1.
    ///
    /// Default 0.2.
    pub smoothing: f64,
    /// How many windows the long run has. At least 10.
    ///
    /// Default 600.
    pub long_run: u32,
}

impl Default for AdaptivePolicy {
    fn default() -> Self {
        Self {
            algorithm: Algorithm::default(),
            initial_limit: 20,
            min_limit: 1,
            max_limit: 200,
            decrease: 0.9,
            window: Duration::from_secs(1),
            min_samples: 10,
            max_waiting: 0,
            max_wait: Duration::from_secs(1),
        }
    }
}

impl Default for Algorithm {
    fn default() -> Self {
        Self::Gradient(Gradient::default())
    }
}

impl Default for Aimd {
    fn default() -> Self {
        Self {
            increase: 1,
            overload_above: None,
        }
    }
}

impl Default for Gradient {
    fn default() -> Self {
        Self {
            tolerance: 1.5,
            queue: 4,
            smoothing: 0.2,
            long_run: 600,
        }
    }
}

impl AdaptivePolicy {
    /// The shortest window.
    const SHORTEST_WINDOW: Duration = Duration::from_millis(1);

    /// Sets [`algorithm`](Self::algorithm).
    #[must_use]
    pub fn with_algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Sets [`initial_limit`](Self::initial_limit).
    #[must_use]
    pub fn with_initial_limit(mut self, calls: u32) -> Self {
        self.initial_limit = calls;
        self
    }

    /// Sets [`min_limit`](Self::min_limit).
    #[must_use]
    pub fn with_min_limit(mut self, calls: u32) -> Self {
        self.min_limit = calls;
        self
    }

    /// Sets [`max_limit`](Self::max_limit).
    #[must_use]
    pub fn with_max_limit(mut self, calls: u32) -> Self {
        self.max_limit = calls;
        self
    }

    /// Sets [`decrease`](Self::decrease).
    #[must_use]
    pub fn with_decrease(mut self, ratio: f64) -> Self {
        self.decrease = ratio;
        self
    }

    /// Sets [`window`](Self::window).
    #[must_use]
    pub fn with_window(mut self, length: Duration) -> Self {
        self.window = length;
        self
    }

    /// Sets [`min_samples`](Self::min_samples).
    #[must_use]
    pub fn with_min_samples(mut self, successes: u32) -> Self {
        self.min_samples = successes;
        self
    }

    /// Sets [`max_waiting`](Self::max_waiting).
    #[must_use]
    pub fn with_max_waiting(mut self, calls: u32) -> Self {
        self.max_waiting = calls;
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
    /// Names each value that is out of its range, and limits that contradict each other.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        self.check(&mut problems);
        problems.into_result()
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        problems.require(
            self.min_limit > 0,
            &["adaptive.min_limit"],
            "adaptive.min_limit must be at least 1",
        );
        problems.require(
            self.max_limit <= BulkheadPolicy::MAX_CONCURRENT,
            &["adaptive.max_limit"],
            "adaptive.max_limit must be at most 4194303",
        );
        problems.require(
            self.min_limit <= self.max_limit,
            &["adaptive.min_limit", "adaptive.max_limit"],
            "adaptive.min_limit must not be above adaptive.max_limit",
        );
        problems.require(
            self.min_limit > self.max_limit
                || (self.min_limit..=self.max_limit).contains(&self.initial_limit),
            &["adaptive.initial_limit"],
            "adaptive.initial_limit must be from adaptive.min_limit to adaptive.max_limit",
        );
        problems.require(
            (0.5..1.0).contains(&self.decrease),
            &["adaptive.decrease"],
            "adaptive.decrease must be from 0.5 to below 1",
        );
        problems.require(
            self.window >= Self::SHORTEST_WINDOW,
            &["adaptive.window"],
            "adaptive.window must be at least 1 ms",
        );
        problems.require(
            self.min_samples > 0,
            &["adaptive.min_samples"],
            "adaptive.min_samples must be at least 1",
        );
        problems.require(
            self.max_waiting <= BulkheadPolicy::MAX_WAITING,
            &["adaptive.max_waiting"],
            "adaptive.max_waiting must be at most 1048575",
        );
        problems.require(
            self.max_waiting == 0 || !self.max_wait.is_zero(),
            &["adaptive.max_waiting", "adaptive.max_wait"],
            "adaptive.max_wait must be longer than zero when adaptive.max_waiting lets calls wait",
        );
        match &self.algorithm {
            Algorithm::Aimd(aimd) => aimd.check(problems),
            Algorithm::Gradient(gradient) => gradient.check(problems),
        }
    }
}

impl Aimd {
    /// Sets [`increase`](Self::increase).
    #[must_use]
    pub fn with_increase(mut self, calls: u32) -> Self {
        self.increase = calls;
        self
    }

    /// Sets [`overload_above`](Self::overload_above); `None` switches it off.
    #[must_use]
    pub fn with_overload_above(mut self, time: impl Into<Option<Duration>>) -> Self {
        self.overload_above = time.into();
        self
    }

    fn check(&self, problems: &mut Problems) {
        problems.require(
            self.increase > 0,
            &["adaptive.increase"],
            "adaptive.increase must be at least 1",
        );
        problems.require(
            self.overload_above.is_none_or(|time| !time.is_zero()),
            &["adaptive.overload_above"],
            "adaptive.overload_above must be longer than zero",
        );
    }
}

impl Gradient {
    /// Sets [`tolerance`](Self::tolerance).
    #[must_use]
    pub fn with_tolerance(mut self, times: f64) -> Self {
        self.tolerance = times;
        self
    }

    /// Sets [`queue`](Self::queue).
    #[must_use]
    pub fn with_queue(mut self, calls: u32) -> Self {
        self.queue = calls;
        self
    }

    /// Sets [`smoothing`](Self::smoothing).
    #[must_use]
    pub fn with_smoothing(mut self, part: f64) -> Self {
        self.smoothing = part;
        self
    }

    /// Sets [`long_run`](Self::long_run).
    #[must_use]
    pub fn with_long_run(mut self, windows: u32) -> Self {
        self.long_run = windows;
        self
    }

    fn check(&self, problems: &mut Problems) {
        problems.require(
            self.tolerance >= 1.0 && self.tolerance.is_finite(),
            &["adaptive.tolerance"],
            "adaptive.tolerance must be at least 1",
        );
        problems.require(
            self.queue > 0,
            &["adaptive.queue"],
            "adaptive.queue must be at least 1",
        );
        problems.require(
            self.smoothing > 0.0 && self.smoothing <= 1.0,
            &["adaptive.smoothing"],
            "adaptive.smoothing must be above 0 and at most 1",
        );
        problems.require(
            self.long_run >= 10,
            &["adaptive.long_run"],
            "adaptive.long_run must be at least 10",
        );
    }
}
