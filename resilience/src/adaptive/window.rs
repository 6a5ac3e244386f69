use std::time::Duration;

use crate::time::Instant;

/// The results of one stretch of time.
#[derive(Debug)]
pub(super) struct Window {
    start: Instant,
    successes: u32,
    total: Duration,
    max_in_flight: u32,
}

/// What a window has shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sample {
    /// The average time of its successes, in seconds.
    pub(super) round_trip: f64,
    /// The most calls that were under way at once.
    pub(super) max_in_flight: u32,
}

impl Window {
    pub(super) fn new(start: Instant) -> Self {
        Self {
            start,
            successes: 0,
            total: Duration::ZERO,
            max_in_flight: 0,
        }
    }

    pub(super) fn record(&mut self, round_trip: Duration, in_flight: u32) {
        self.successes = self.successes.saturating_add(1);
        self.total = self.total.saturating_add(round_trip);
        self.max_in_flight = self.max_in_flight.max(in_flight);
    }

    /// What it has shown, if it is over; the next one has begun then.
    pub(super) fn finish(&mut self, length: Duration, min_samples: u32, now: Instant) -> Option<Sample> {
        if self.successes < min_samples || now.saturating_duration_since(self.start) < length {
            return None;
        }
        let sample = Sample {
            round_trip: self.total.as_secs_f64() / f64::from(self.successes),
            max_in_flight: self.max_in_flight,
        };
        *self = Self::new(now);
        Some(sample)
    }
}
