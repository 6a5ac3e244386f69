use std::time::Duration;

use crate::sync::{AtomicU64, Ordering};
use crate::timeout::TimeoutPolicy;

/// The time limits in an atomic each, so that reading them takes no lock. A call that sees a part of a change has
/// limits of both, of which the shorter one holds anyway.
#[derive(Debug)]
pub(super) struct Timeouts {
    connect: Limit,
    attempt: Limit,
    overall: Limit,
}

impl Timeouts {
    pub(super) fn new(policy: TimeoutPolicy) -> Self {
        Self {
            connect: Limit::new(policy.connect),
            attempt: Limit::new(policy.attempt),
            overall: Limit::new(policy.overall),
        }
    }

    pub(super) fn load(&self) -> TimeoutPolicy {
        TimeoutPolicy {
            connect: self.connect(),
            attempt: self.attempt(),
            overall: self.overall(),
        }
    }

    #[inline]
    pub(super) fn connect(&self) -> Duration {
        self.connect.load()
    }

    #[inline]
    pub(super) fn attempt(&self) -> Duration {
        self.attempt.load()
    }

    #[inline]
    pub(super) fn overall(&self) -> Duration {
        self.overall.load()
    }

    pub(super) fn store(&self, policy: TimeoutPolicy) {
        self.connect.store(policy.connect);
        self.attempt.store(policy.attempt);
        self.overall.store(policy.overall);
    }
}

/// Seconds in the upper half and nanoseconds in the lower, which saves each call a division.
#[derive(Debug)]
struct Limit(AtomicU64);

impl Limit {
    fn new(limit: Duration) -> Self {
        Self(AtomicU64::new(bits(limit)))
    }

    #[inline]
    fn load(&self) -> Duration {
        let bits = self.0.load(Ordering::Relaxed);
        Duration::new(bits >> u32::BITS, bits as u32)
    }

    fn store(&self, limit: Duration) {
        self.0.store(bits(limit), Ordering::Relaxed);
    }
}

/// More than 136 years are as good as 136.
fn bits(limit: Duration) -> u64 {
    let seconds = u32::try_from(limit.as_secs()).unwrap_or(u32::MAX);
    u64::from(seconds) << u32::BITS | u64::from(limit.subsec_nanos())
}
