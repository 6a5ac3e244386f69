use crate::invalid::{InvalidPolicy, Problems};

/// How much of the load retries may make up. A plain value.
///
/// In any stretch of time, at most `max_saved + ratio * calls + floor_per_second * (seconds + 1)` retries, and at any
/// moment at most `max_concurrent` under way.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct BudgetPolicy {
    /// Retries for each call, from 0 to 1: 0.2 is one retry for five calls. Kept to a millionth.
    ///
    /// Default 0.2, as Envoy and Finagle.
    pub ratio: f64,
    /// So many retries a second whatever the number of calls; 0 is none, 1,000,000 the most.
    ///
    /// Default 10, as Finagle.
    pub floor_per_second: u32,
    /// How many retries a quiet time may save up for a bad one.
    ///
    /// From 1 to 1,000,000. Default 100: the standard quota of the AWS SDKs, 500 tokens at 5 a retry.
    pub max_saved: u32,
    /// How many retries and hedges may be under way at once; one that waits in its back-off is.
    ///
    /// From 1 to 65,535. Default 100 (ours: as many as can be saved up).
    pub max_concurrent: u32,
}

impl Default for BudgetPolicy {
    fn default() -> Self {
        Self {
            ratio: 0.2,
            floor_per_second: 10,
            max_saved: 100,
            max_concurrent: 100,
        }
    }
}

impl BudgetPolicy {
    /// Sets [`ratio`](Self::ratio).
    #[must_use]
    pub fn with_ratio(mut self, ratio: f64) -> Self {
        self.ratio = ratio;
        self
    }

    /// Sets [`floor_per_second`](Self::floor_per_second).
    #[must_use]
    pub fn with_floor_per_second(mut self, retries: u32) -> Self {
        self.floor_per_second = retries;
        self
    }

    /// Sets [`max_saved`](Self::max_saved).
    #[must_use]
    pub fn with_max_saved(mut self, retries: u32) -> Self {
        self.max_saved = retries;
        self
    }

    /// Sets [`max_concurrent`](Self::max_concurrent).
    #[must_use]
    pub fn with_max_concurrent(mut self, retries: u32) -> Self {
        self.max_concurrent = retries;
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        problems.require(
            (0.0..=1.0).contains(&self.ratio),
            &["budget.ratio"],
            "budget.ratio must be from 0 to 1",
        );
        problems.require(
            self.floor_per_second <= 1_000_000,
            &["budget.floor_per_second"],
            "budget.floor_per_second must be at most 1000000",
        );
        problems.require(
            (1..=1_000_000).contains(&self.max_saved),
            &["budget.max_saved"],
            "budget.max_saved must be from 1 to 1000000",
        );
        problems.require(
            (1..=u32::from(u16::MAX)).contains(&self.max_concurrent),
            &["budget.max_concurrent"],
            "budget.max_concurrent must be from 1 to 65535",
        );
        problems.into_result()
    }
}
