use std::time::Duration;

use super::Algorithm;
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
        self.algorithm.check(problems);
    }
}
