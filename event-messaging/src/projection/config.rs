use crate::error::Problem;
use crate::{Backoff, Error};
use std::time::Duration;

/// How a [`Projector`](super::Projector) works. Plain values with defaults; the projector checks them all, and so does
/// [`validate`](Self::validate).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProjectionConfig {
    /// How many keys may be waiting for their repair; beyond that all keys are compared with the source, once `grace` has
    /// passed. 1 to 1,000,000. Default 10,000.
    pub open_repairs: usize,
    /// How many keys are repaired at once; 1 to 100. Default 4.
    pub concurrency: usize,
    /// How often all keys are compared with the source; above zero, up to 30 days. Default 6 hours.
    pub reconcile_interval: Duration,
    /// How long an event may be on its way: a change that the source has and the projection has not is repaired at a
    /// reconciliation only when it is older. Up to a day. Default 1 minute.
    pub grace: Duration,
    /// How long one call of the source may take; then it counts as failed. Above zero, up to an hour. Default 30 s.
    pub source_timeout: Duration,
    /// How often a reconciliation asks the source for one key that it has to ask for; one without an answer is left as it
    /// is until the next. 1 to 100. Default 5.
    pub reconcile_attempts: u32,
    /// How long to wait when the source or the store fails. Default 100 ms doubling to 30 s.
    pub backoff: Backoff,
    /// Seeds the random part of the back-off, for a run that can be repeated. Default: random.
    pub seed: Option<u64>,
}

impl ProjectionConfig {
    /// Sets how many keys may be waiting for their repair.
    #[must_use]
    pub fn with_open_repairs(mut self, keys: usize) -> Self {
        self.open_repairs = keys;
        self
    }

    /// Sets how many keys are repaired at once.
    #[must_use]
    pub fn with_concurrency(mut self, keys: usize) -> Self {
        self.concurrency = keys;
        self
    }

    /// Sets how often all keys are compared with the source.
    #[must_use]
    pub fn with_reconcile_interval(mut self, interval: Duration) -> Self {
        self.reconcile_interval = interval;
        self
    }

    /// Sets how long an event may be on its way.
    #[must_use]
    pub fn with_grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// Sets how long one call of the source may take.
    #[must_use]
    pub fn with_source_timeout(mut self, timeout: Duration) -> Self {
        self.source_timeout = timeout;
        self
    }

    /// Sets how often a reconciliation asks the source for one key.
    #[must_use]
    pub fn with_reconcile_attempts(mut self, attempts: u32) -> Self {
        self.reconcile_attempts = attempts;
        self
    }

    /// Sets how long to wait when the source or the store fails.
    #[must_use]
    pub fn with_backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Seeds the random part of the back-off.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// When any is out of its range: one error that names all of them, each with its range.
    pub fn validate(&self) -> Result<(), Error> {
        const DAY: Duration = Duration::from_secs(86_400);
        const HOUR: Duration = Duration::from_secs(3_600);
        let mut problems = Vec::new();
        let mut check = |key: &str, is_right: bool, must: &str| {
            if !is_right {
                problems.push(Problem::new(key, must));
            }
        };
        let within = |value: Duration, most: Duration| !value.is_zero() && value <= most;
        check(
            "projection.open_repairs",
            (1..=1_000_000).contains(&self.open_repairs),
            "1 to 1000000",
        );
        check(
            "projection.concurrency",
            (1..=100).contains(&self.concurrency),
            "1 to 100",
        );
        check(
            "projection.reconcile_interval",
            within(self.reconcile_interval, 30 * DAY),
            "above zero and at most 30d",
        );
        check("projection.grace", self.grace <= DAY, "at most 1d");
        check(
            "projection.source_timeout",
            within(self.source_timeout, HOUR),
            "above zero and at most 1h",
        );
        check(
            "projection.reconcile_attempts",
            (1..=100).contains(&self.reconcile_attempts),
            "1 to 100",
        );
        check(
            "projection.backoff_base",
            within(self.backoff.base, HOUR),
            "above zero and at most 1h",
        );
        check(
            "projection.backoff_cap",
            (self.backoff.base..=HOUR).contains(&self.backoff.cap),
            "at least `projection.backoff_base` and at most 1h",
        );
        Error::unless_none(problems)
    }
}

impl Default for ProjectionConfig {
    fn default() -> Self {
        Self {
            open_repairs: 10_000,
            concurrency: 4,
            reconcile_interval: Duration::from_secs(6 * 3_600),
            grace: Duration::from_secs(60),
            source_timeout: Duration::from_secs(30),
            reconcile_attempts: 5,
            backoff: Backoff::new(Duration::from_millis(100), Duration::from_secs(30)),
            seed: None,
        }
    }
}
