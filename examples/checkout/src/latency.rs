//! Exact percentiles.

use serde::Serialize;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Durations collected from many tasks; every one is kept, so that the percentiles are exact.
#[derive(Debug, Default)]
pub struct Latencies {
    samples: Mutex<Vec<Duration>>,
}

impl Latencies {
    /// Adds one duration.
    pub fn record(&self, duration: Duration) {
        self.samples
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(duration);
    }

    /// What was collected so far.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut samples = self
            .samples
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        samples.sort_unstable();
        Summary {
            p50: percentile(&samples, 50),
            p95: percentile(&samples, 95),
            p99: percentile(&samples, 99),
            max: samples.last().map_or(0.0, |slowest| millis(*slowest)),
            samples: samples.len(),
        }
    }
}

/// Percentiles in milliseconds; all 0 when nothing was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Half of the samples took no longer.
    pub p50: f64,
    /// 95 of 100 took no longer.
    pub p95: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
    /// The slowest one.
    pub max: f64,
    /// How many were measured.
    pub samples: usize,
}

/// The nearest-rank percentile of sorted samples.
fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100);
    rank.checked_sub(1)
        .and_then(|index| sorted.get(index))
        .map_or(0.0, |sample| millis(*sample))
}

/// Milliseconds with two decimals.
fn millis(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 100_000.0).round() / 100.0
}
