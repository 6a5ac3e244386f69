use std::time::Duration;

use crate::time::Instant;

/// How many steps the window slides in.
const SLOTS: usize = 10;

/// Calls and failures of the last while, in ten slots that are reused in turn.
///
/// Recording costs the same whatever the number of calls: at most ten slots are cleared as time goes by.
#[derive(Debug)]
pub(super) struct Window {
    start: Instant,
    slot_nanos: u128,
    /// The number of the present slot, counted from `start`.
    current: u64,
    slots: [Counts; SLOTS],
    total: Counts,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) calls: u64,
    pub(super) failures: u64,
}

impl Counts {
    /// The part that failed; 0 when there were no calls.
    pub(super) fn failure_rate(self) -> f64 {
        if self.calls == 0 {
            0.0
        } else {
            self.failures as f64 / self.calls as f64
        }
    }
}

impl Window {
    pub(super) fn new(length: Duration, start: Instant) -> Self {
        Self {
            start,
            slot_nanos: (length.as_nanos() / SLOTS as u128).max(1),
            current: 0,
            slots: [Counts::default(); SLOTS],
            total: Counts::default(),
        }
    }

    /// Adds one call and returns the sums of the window, this call included.
    pub(super) fn record(&mut self, failed: bool, now: Instant) -> Counts {
        self.slide(now);
        let slot = &mut self.slots[index(self.current)];
        for counts in [slot, &mut self.total] {
            counts.calls += 1;
            counts.failures += u64::from(failed);
        }
        self.total
    }

    pub(super) fn clear(&mut self) {
        self.slots = [Counts::default(); SLOTS];
        self.total = Counts::default();
    }

    /// Clears the slots that have fallen out. A `now` from before the present slot counts into it: callers read
    /// the clock before they take their turn, so the order may differ by a little.
    fn slide(&mut self, now: Instant) {
        let nanos = now.saturating_duration_since(self.start).as_nanos();
        let slot = u64::try_from(nanos / self.slot_nanos).unwrap_or(u64::MAX);
        let passed = slot.saturating_sub(self.current);
        if passed >= SLOTS as u64 {
            self.clear();
        } else {
            for number in self.current + 1..=self.current + passed {
                let fallen = std::mem::take(&mut self.slots[index(number)]);
                self.total.calls -= fallen.calls;
                self.total.failures -= fallen.failures;
            }
        }
        self.current = self.current.max(slot);
    }
}

fn index(slot: u64) -> usize {
    (slot % SLOTS as u64) as usize
}
