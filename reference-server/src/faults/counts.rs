//! How often each fault struck.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

/// How often each fault struck since the start or the last [`Faults::reset_counts`](super::Faults::reset_counts).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FaultCounts {
    /// Requests seen, struck or not.
    pub requests: u64,
    /// Requests struck by anything but latency.
    pub faults: u64,
    /// Errors answered, those of an outage included.
    pub errors: u64,
    /// Connections closed without an answer, those of an outage included.
    pub resets: u64,
    /// Answers cut in the middle of their body.
    pub truncations: u64,
    /// Requests left hanging, those of an outage included.
    pub hangs: u64,
    /// Answers 429.
    pub throttles: u64,
    /// Answers made late.
    pub delays: u64,
    /// Requests whose handler ran and whose answer was lost, truncations not counted.
    pub lost_answers: u64,
    /// Requests struck by an outage.
    pub in_outage: u64,
}

/// The kinds of counts, in the order of the fields above.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count {
    Request,
    Fault,
    Error,
    Reset,
    Truncation,
    Hang,
    Throttle,
    Delay,
    LostAnswer,
    InOutage,
}

const KINDS: usize = 10;

#[derive(Debug, Default)]
pub(super) struct Counters([AtomicU64; KINDS]);

impl Counters {
    pub(super) fn add(&self, count: Count) {
        self.0[count as usize].fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn reset(&self) {
        for counter in &self.0 {
            counter.store(0, Ordering::Relaxed);
        }
    }

    pub(super) fn read(&self) -> FaultCounts {
        let of = |count: Count| self.0[count as usize].load(Ordering::Relaxed);
        FaultCounts {
            requests: of(Count::Request),
            faults: of(Count::Fault),
            errors: of(Count::Error),
            resets: of(Count::Reset),
            truncations: of(Count::Truncation),
            hangs: of(Count::Hang),
            throttles: of(Count::Throttle),
            delays: of(Count::Delay),
            lost_answers: of(Count::LostAnswer),
            in_outage: of(Count::InOutage),
        }
    }
}
