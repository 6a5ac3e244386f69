use product_types::Timestamp;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A parked key that is held for longer than this, and for longer than the caller's own lease, was held before the clock
/// went back: processes with leases above an hour must all have the same.
pub(crate) const LONGEST_HOLD: Duration = Duration::from_secs(3_600);

/// What is held since later than this from now was held before the clock went back. By less a clock may go back, or
/// two differ, and what is held stays held.
pub(crate) const STEP_BACK: Duration = Duration::from_secs(3_600);

/// The wall clock: what other processes and later runs of this one share.
#[derive(Clone)]
pub(crate) struct WallClock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl WallClock {
    pub(crate) fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// In Unix milliseconds, as all instants in the tables.
    pub(crate) fn now(&self) -> i64 {
        (self.0)().unix_millis()
    }
}

impl Default for WallClock {
    fn default() -> Self {
        Self::new(Timestamp::now)
    }
}

impl fmt::Debug for WallClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WallClock")
    }
}

/// Rounded up, so that no lease and no rest is shorter than it was meant.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX)
}

/// Nothing when the clock went back in between.
pub(crate) fn between(earlier: i64, later: i64) -> Duration {
    Duration::from_millis(later.saturating_sub(earlier).max(0).unsigned_abs())
}
