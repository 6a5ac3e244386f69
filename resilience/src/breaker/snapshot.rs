use std::time::Duration;

use super::circuit::View;
use super::{OpenReason, State};

/// What a breaker looks like at one moment, for metrics and health pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot {
    /// The state as of the last call.
    pub state: State,
    /// Why it opened, unless it is closed.
    pub reason: Option<OpenReason>,
    /// How much longer it rejects everything; `None` when not open.
    pub retry_after: Option<Duration>,
    /// Calls in the window that succeeded or failed; 0 unless closed, recovering or only measuring.
    pub calls: u64,
    /// Those that failed.
    pub failures: u64,
    /// Those that were slow; 0 while slow calls are not looked for.
    pub slow: u64,
    /// Failures without a success between them, up to now.
    pub failures_in_row: u32,
    /// Trial calls under way or successful; 0 unless half-open.
    pub trials: u32,
    /// Trial calls that succeeded; 0 unless half-open.
    pub successful_trials: u32,
    /// How often it has opened by itself since it was made, reopenings included.
    pub openings: u64,
}

impl Snapshot {
    pub(super) fn new(view: View, now: u64) -> Self {
        Self {
            state: view.phase.into(),
            reason: view.reason,
            retry_after: view
                .open_until
                .map(|until| Duration::from_nanos(until.saturating_sub(now))),
            calls: view.counts.calls,
            failures: view.counts.failures,
            slow: view.counts.slow,
            failures_in_row: view.failures_in_row,
            trials: view.trials.taken.into(),
            successful_trials: view.trials.succeeded.into(),
            openings: view.openings,
        }
    }
}
