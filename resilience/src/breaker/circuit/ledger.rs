use std::time::Duration;

use super::window::{CallWindow, Counts, Mark, TimeWindow, Window, reaches};
use crate::breaker::{BreakerPolicy, OpenReason, WindowPolicy};

/// What is behind the lock: the policy, and all counts but the striped ones.
///
/// Has cache lines of its own, together with its lock.
#[derive(Debug)]
#[repr(align(128))]
pub(crate) struct Ledger {
    pub(crate) policy: BreakerPolicy,
    pub(crate) openings: u64,
    window: Window,
    failures_in_row: u32,
    /// How often it has opened again since it was last closed.
    reopenings: u32,
}

impl Ledger {
    pub(crate) fn new(policy: BreakerPolicy, now: u64) -> Self {
        Self {
            policy,
            openings: 0,
            window: Window::new(policy.window, now),
            failures_in_row: 0,
            reopenings: 0,
        }
    }

    /// Takes a call into account at `now`, and tells whether that opens the circuit.
    ///
    /// `successes` sums the stripes. A success in a window by time belongs there, and `count_success` is asked to count
    /// it.
    pub(crate) fn record(
        &mut self,
        call: Mark,
        now: u64,
        successes: impl Fn() -> u64,
        count_success: impl FnOnce(),
    ) -> Option<OpenReason> {
        match &mut self.window {
            Window::Calls(window) => window.add(call),
            Window::Time(window) => {
                window.slide(now, &successes);
                if call.slow {
                    window.add_slow();
                }
                if call.failed {
                    window.add_failure();
                } else {
                    count_success();
                }
            }
        }
        self.failures_in_row = if call.failed {
            self.failures_in_row.saturating_add(1)
        } else {
            0
        };
        let remarkable = call.failed || call.slow;
        remarkable.then(|| self.judge(&successes)).flatten()
    }

    /// Until when a success need not be told to the ledger; 0 if each must be.
    pub(crate) fn quiet_until(&self) -> u64 {
        match &self.window {
            Window::Time(window) if self.failures_in_row == 0 => window.slot_end(),
            Window::Time(_) | Window::Calls(_) => 0,
        }
    }

    /// What the window holds at `now`.
    pub(crate) fn counts(&mut self, now: u64, successes: impl Fn() -> u64) -> Counts {
        if let Window::Time(window) = &mut self.window {
            window.slide(now, &successes);
        }
        self.window.counts(&successes)
    }

    pub(crate) fn failures_in_row(&self) -> u32 {
        self.failures_in_row
    }

    /// Closes, by its trials or by hand: the next opening is the first again.
    pub(crate) fn close(&mut self) {
        self.forget();
        self.reopenings = 0;
    }

    /// Opens, and tells for how long.
    pub(crate) fn open(&mut self, is_reopening: bool) -> Duration {
        self.forget();
        self.openings += 1;
        if is_reopening {
            self.reopenings = self.reopenings.saturating_add(1);
        }
        self.policy.open_for_after(self.reopenings)
    }

    /// Goes by `policy` from now on. Counts are kept unless the window is of another kind or, by time, of another
    /// length.
    pub(crate) fn set_policy(&mut self, policy: BreakerPolicy, now: u64, successes: u64) {
        if policy.window != self.policy.window {
            self.window = match (&self.window, policy.window) {
                (Window::Calls(window), WindowPolicy::Calls(size)) => Window::Calls(window.resized(size)),
                (_, WindowPolicy::Calls(size)) => Window::Calls(CallWindow::new(size)),
                (_, WindowPolicy::Time(length)) => {
                    let mut window = TimeWindow::new(length, now);
                    window.clear(successes);
                    Window::Time(window)
                }
            };
        }
        self.policy = policy;
    }

    /// Forgets all calls: a generation begins. The stripes begin anew by themselves.
    fn forget(&mut self) {
        self.window.clear(0);
        self.failures_in_row = 0;
    }

    fn judge(&self, successes: impl Fn() -> u64) -> Option<OpenReason> {
        let policy = &self.policy;
        if policy
            .consecutive_failures
            .is_some_and(|limit| self.failures_in_row >= limit)
        {
            return Some(OpenReason::ConsecutiveFailures(self.failures_in_row));
        }
        let Counts {
            calls,
            failures,
            slow,
        } = self.window.counts(successes);
        if calls < u64::from(policy.minimum_calls) {
            return None;
        }
        if policy
            .failure_rate
            .is_some_and(|rate| reaches(rate, failures, calls))
        {
            return Some(OpenReason::FailureRate { failures, calls });
        }
        let judges_slow = policy.slow_call_duration.is_some();
        (judges_slow && reaches(policy.slow_call_rate, slow, calls))
            .then_some(OpenReason::SlowCallRate { slow, calls })
    }
}
