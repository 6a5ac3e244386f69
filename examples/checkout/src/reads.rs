//! How reads of prices went: how long they took, and what they brought.

use crate::latency::{Latencies, Summary};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What a read brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    /// The Product Service's word of this moment, be it a price or a definitive no.
    Live,
    /// The last known price, marked as unconfirmed.
    Unconfirmed,
    /// Nothing to go by.
    Nothing,
}

/// Reads counted from many tasks.
#[derive(Debug, Default)]
pub struct Reads {
    latencies: Latencies,
    unconfirmed: AtomicUsize,
    nothing: AtomicUsize,
}

/// What the reads came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadSummary {
    /// How long they took, failed ones included.
    pub latency_ms: Summary,
    /// The share that brought an unconfirmed price.
    pub unconfirmed: f64,
    /// The share that brought nothing.
    pub nothing: f64,
}

impl Reads {
    /// Counts one read.
    pub fn record(&self, took: Duration, brought: Brought) {
        self.latencies.record(took);
        match brought {
            Brought::Live => {}
            Brought::Unconfirmed => drop(self.unconfirmed.fetch_add(1, Ordering::Relaxed)),
            Brought::Nothing => drop(self.nothing.fetch_add(1, Ordering::Relaxed)),
        }
    }

    /// What was counted so far; shares of nothing are 0.
    #[must_use]
    pub fn summary(&self) -> ReadSummary {
        let latency_ms = self.latencies.summary();
        let share =
            |count: &AtomicUsize| count.load(Ordering::Relaxed) as f64 / latency_ms.samples.max(1) as f64;
        ReadSummary {
            latency_ms,
            unconfirmed: share(&self.unconfirmed),
            nothing: share(&self.nothing),
        }
    }
}
