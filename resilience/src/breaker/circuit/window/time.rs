use std::time::Duration;

use super::Counts;
use crate::breaker::circuit::stripes;

/// How many steps the window slides in.
const SLOTS: u64 = 10;

/// The calls of the last while, in ten slots that are reused in turn.
///
/// Failures and slow calls are counted here. Successes are counted elsewhere by counters that only go up; a slot
/// notes how many there had been when it began. So a success costs nothing here but once a slot.
#[derive(Debug)]
pub(crate) struct TimeWindow {
    start: u64,
    slot_nanos: u64,
    /// The number of the present slot, counted from `start`.
    current: u64,
    slots: [Slot; SLOTS as usize],
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    successes_before: u64,
    failures: u64,
    slow: u64,
}

impl TimeWindow {
    pub(crate) fn new(length: Duration, start: u64) -> Self {
        let slot_nanos = length.as_nanos() / u128::from(SLOTS);
        Self {
            start,
            slot_nanos: u64::try_from(slot_nanos).unwrap_or(u64::MAX).max(1),
            current: 0,
            slots: [Slot::default(); SLOTS as usize],
        }
    }

    pub(crate) fn clear(&mut self, successes: u64) {
        self.slots = [Slot::beginning_at(successes); SLOTS as usize];
    }

    /// Begins the slots that time has brought since; `successes` tells how many there have been in all.
    ///
    /// A `now` from before the present slot counts into it: callers read the clock before they take their turn, so
    /// the order may differ by a little.
    pub(crate) fn slide(&mut self, now: u64, successes: impl Fn() -> u64) {
        let slot = now.saturating_sub(self.start) / self.slot_nanos;
        if slot <= self.current {
            return;
        }
        let fresh = Slot::beginning_at(successes());
        let begun = (slot - self.current).min(SLOTS);
        for number in slot - begun + 1..=slot {
            self.slots[(number % SLOTS) as usize] = fresh;
        }
        self.current = slot;
    }

    /// Until when there is nothing to slide.
    pub(crate) fn slot_end(&self) -> u64 {
        let length = (self.current + 1).saturating_mul(self.slot_nanos);
        self.start.saturating_add(length)
    }

    pub(crate) fn add_failure(&mut self) {
        self.slots[(self.current % SLOTS) as usize].failures += 1;
    }

    pub(crate) fn add_slow(&mut self) {
        self.slots[(self.current % SLOTS) as usize].slow += 1;
    }

    pub(crate) fn counts(&self, successes: u64) -> Counts {
        let oldest = self.slots[((self.current + 1) % SLOTS) as usize];
        let failures = self.slots.iter().map(|slot| slot.failures).sum();
        Counts {
            calls: stripes::between(oldest.successes_before, successes) + failures,
            failures,
            slow: self.slots.iter().map(|slot| slot.slow).sum(),
        }
    }
}

impl Slot {
    fn beginning_at(successes_before: u64) -> Self {
        Self {
            successes_before,
            failures: 0,
            slow: 0,
        }
    }
}
