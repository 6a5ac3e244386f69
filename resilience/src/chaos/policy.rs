use std::time::Duration;

use crate::invalid::{InvalidPolicy, Problems};

/// What goes wrong, and how often. A plain value; by default nothing does.
///
/// Rates are parts of the calls, from 0 to 1. Latency comes on top of what else happens to a call; of errors, lost
/// answers and hangs a call meets at most one, so that their rates together are at most 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct ChaosPolicy {
    /// How many calls begin late.
    ///
    /// Default 0.
    pub latency_rate: f64,
    /// How late they begin.
    ///
    /// Default 30 s, as Polly: longer than any sane time limit.
    pub latency: Duration,
    /// How many calls fail without being made, as if the connection were refused.
    ///
    /// Default 0.
    pub error_rate: f64,
    /// How many calls are made and lose their answer, as if the connection were reset.
    ///
    /// Default 0.
    pub reset_rate: f64,
    /// How many calls are never made and never answered.
    ///
    /// Default 0.
    pub hang_rate: f64,
    /// What the fate of each call is drawn from: the same seed brings the same fates in the same order.
    ///
    /// Default 0.
    pub seed: u64,
}

impl Default for ChaosPolicy {
    fn default() -> Self {
        Self {
            latency_rate: 0.0,
            latency: Duration::from_secs(30),
            error_rate: 0.0,
            reset_rate: 0.0,
            hang_rate: 0.0,
            seed: 0,
        }
    }
}

impl ChaosPolicy {
    /// Sets [`latency_rate`](Self::latency_rate) and [`latency`](Self::latency).
    #[must_use]
    pub fn with_latency(mut self, rate: f64, latency: Duration) -> Self {
        self.latency_rate = rate;
        self.latency = latency;
        self
    }

    /// Sets [`error_rate`](Self::error_rate).
    #[must_use]
    pub fn with_errors(mut self, rate: f64) -> Self {
        self.error_rate = rate;
        self
    }

    /// Sets [`reset_rate`](Self::reset_rate).
    #[must_use]
    pub fn with_resets(mut self, rate: f64) -> Self {
        self.reset_rate = rate;
        self
    }

    /// Sets [`hang_rate`](Self::hang_rate).
    #[must_use]
    pub fn with_hangs(mut self, rate: f64) -> Self {
        self.hang_rate = rate;
        self
    }

    /// Sets [`seed`](Self::seed).
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range, and says so if more calls would go wrong than there are.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        problems.require(
            is_rate(self.latency_rate),
            &["chaos.latency_rate"],
            "chaos.latency_rate must be from 0 to 1",
        );
        problems.require(
            is_rate(self.error_rate),
            &["chaos.error_rate"],
            "chaos.error_rate must be from 0 to 1",
        );
        problems.require(
            is_rate(self.reset_rate),
            &["chaos.reset_rate"],
            "chaos.reset_rate must be from 0 to 1",
        );
        problems.require(
            is_rate(self.hang_rate),
            &["chaos.hang_rate"],
            "chaos.hang_rate must be from 0 to 1",
        );
        problems.require(
            self.error_rate + self.reset_rate + self.hang_rate <= 1.0,
            &["chaos.error_rate", "chaos.reset_rate", "chaos.hang_rate"],
            "chaos.error_rate, chaos.reset_rate and chaos.hang_rate must be at most 1 together",
        );
        problems.into_result()
    }
}

fn is_rate(rate: f64) -> bool {
    (0.0..=1.0).contains(&rate)
}
