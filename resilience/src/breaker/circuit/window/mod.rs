//! The calls that the failure rate and the slow-call rate are judged by.

mod calls;
mod time;

pub(crate) use calls::CallWindow;
pub(crate) use time::TimeWindow;

use crate::breaker::WindowPolicy;

#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a breaker has one, and the larger is the usual one"
)]
pub(crate) enum Window {
    Time(TimeWindow),
    Calls(CallWindow),
}

/// A call that has ended.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mark {
    pub(crate) failed: bool,
    pub(crate) slow: bool,
}

/// What is in a window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) calls: u64,
    pub(crate) failures: u64,
    pub(crate) slow: u64,
}

/// Whether `part` of `whole` is at least `rate`; nothing of nothing is not.
pub(crate) fn reaches(rate: f64, part: u64, whole: u64) -> bool {
    whole > 0 && part as f64 / whole as f64 >= rate
}

impl Window {
    pub(crate) fn new(policy: WindowPolicy, now: u64) -> Self {
        match policy {
            WindowPolicy::Time(length) => Self::Time(TimeWindow::new(length, now)),
            WindowPolicy::Calls(size) => Self::Calls(CallWindow::new(size)),
        }
    }

    /// What the window holds as of its last slide; `successes` sums the stripes.
    pub(crate) fn counts(&self, successes: impl Fn() -> u64) -> Counts {
        match self {
            Self::Time(window) => window.counts(successes()),
            Self::Calls(window) => window.counts(),
        }
    }

    /// Forgets every call; those that succeed from now on are counted from `successes`.
    pub(crate) fn clear(&mut self, successes: u64) {
        match self {
            Self::Time(window) => window.clear(successes),
            Self::Calls(window) => window.clear(),
        }
    }
}
