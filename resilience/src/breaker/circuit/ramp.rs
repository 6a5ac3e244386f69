use crate::sync::{AtomicU64, Ordering};

/// The part of the calls that passes at once after recovery, as Envoy's slow start has it.
const FIRST_SHARE: u64 = WHOLE / 10;
const WHOLE: u64 = 1 << 32;

/// Lets a growing share of the calls pass: exactly, not by chance.
///
/// Each call adds the share of its moment to a sum; whenever that fills another whole, a call may pass. The first call
/// may. Has a cache line of its own, since that sum is written by each call.
#[derive(Debug)]
#[repr(align(128))]
pub(crate) struct Ramp {
    began: AtomicU64,
    length: AtomicU64,
    sum: AtomicU64,
}

impl Ramp {
    pub(crate) fn new() -> Self {
        Self {
            began: AtomicU64::new(0),
            length: AtomicU64::new(0),
            sum: AtomicU64::new(0),
        }
    }

    pub(crate) fn begin(&self, now: u64, length: u64) {
        self.began.store(now, Ordering::Release);
        self.length.store(length, Ordering::Release);
        self.sum.store(WHOLE - 1, Ordering::Release);
    }

    pub(crate) fn is_over(&self, now: u64) -> bool {
        self.elapsed(now) >= self.length.load(Ordering::Acquire)
    }

    /// Whether a call at `now` may pass.
    pub(crate) fn admits(&self, now: u64) -> bool {
        let length = self.length.load(Ordering::Acquire).max(1);
        // At most `WHOLE`, whatever the numbers are.
        let linear = u128::from(self.elapsed(now).min(length)) * u128::from(WHOLE) / u128::from(length);
        let share = (linear as u64).max(FIRST_SHARE);
        let before = self.sum.fetch_add(share, Ordering::AcqRel);
        before.wrapping_add(share) / WHOLE != before / WHOLE
    }

    fn elapsed(&self, now: u64) -> u64 {
        now.saturating_sub(self.began.load(Ordering::Acquire))
    }
}
