use std::time::Duration;

use crate::invalid::{InvalidPolicy, Problems};

/// When a slow attempt gets company. A plain value.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct HedgePolicy {
    /// After how long without an answer another attempt is sent.
    ///
    /// Default [`HedgeDelay::Quantile`] of 0.95: one call in twenty is hedged, as "The Tail at Scale" advises.
    pub delay: HedgeDelay,
    /// The delay as long as too few latencies are known for a quantile. Above zero.
    ///
    /// Default 300 ms (ours: half of what the platform gives an attempt at checkout).
    pub initial_delay: Duration,
    /// The shortest delay that a quantile can make. Above zero.
    ///
    /// Default 1 ms, the grain of the timer.
    pub min_delay: Duration,
    /// So many further attempts, each after the delay again; from 1 to 10.
    ///
    /// Default 1.
    pub max_hedges: u32,
}

/// After how long a further attempt is sent.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum HedgeDelay {
    /// After exactly this long. Above zero.
    Fixed(Duration),
    /// When this part of the recent calls had their answer, such as 0.95. From 0.5 to 0.999.
    Quantile(f64),
}

impl Default for HedgePolicy {
    fn default() -> Self {
        Self {
            delay: HedgeDelay::Quantile(0.95),
            initial_delay: Duration::from_millis(300),
            min_delay: Duration::from_millis(1),
            max_hedges: 1,
        }
    }
}

impl HedgePolicy {
    /// Hedges after exactly `delay`.
    #[must_use]
    pub fn after(delay: Duration) -> Self {
        Self::default().with_delay(HedgeDelay::Fixed(delay))
    }

    /// Sets [`delay`](Self::delay).
    #[must_use]
    pub fn with_delay(mut self, delay: HedgeDelay) -> Self {
        self.delay = delay;
        self
    }

    /// Sets [`initial_delay`](Self::initial_delay).
    #[must_use]
    pub fn with_initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// Sets [`min_delay`](Self::min_delay).
    #[must_use]
    pub fn with_min_delay(mut self, delay: Duration) -> Self {
        self.min_delay = delay;
        self
    }

    /// Sets [`max_hedges`](Self::max_hedges).
    #[must_use]
    pub fn with_max_hedges(mut self, count: u32) -> Self {
        self.max_hedges = count;
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        match self.delay {
            HedgeDelay::Fixed(delay) => problems.require(
                !delay.is_zero(),
                &["hedge.delay"],
                "hedge.delay must be longer than zero",
            ),
            HedgeDelay::Quantile(quantile) => problems.require(
                (0.5..=0.999).contains(&quantile),
                &["hedge.delay"],
                "hedge.delay as a quantile must be from 0.5 to 0.999",
            ),
        }
        problems.require(
            !self.initial_delay.is_zero(),
            &["hedge.initial_delay"],
            "hedge.initial_delay must be longer than zero",
        );
        problems.require(
            !self.min_delay.is_zero(),
            &["hedge.min_delay"],
            "hedge.min_delay must be longer than zero",
        );
        problems.require(
            (1..=10).contains(&self.max_hedges),
            &["hedge.max_hedges"],
            "hedge.max_hedges must be from 1 to 10",
        );
        problems.into_result()
    }
}
