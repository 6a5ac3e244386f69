use std::sync::atomic::{AtomicU64, Ordering};

/// How many messages are parked, as far as this process knows: the store counts them from time to time, and what this
/// process parks and takes out is reckoned in between. What others do is not, so a limit may be passed by what they park.
#[derive(Debug, Default)]
pub(super) struct ParkLevel(AtomicU64);

impl ParkLevel {
    /// The store has counted them.
    pub(super) fn counted(&self, messages: u64) {
        self.0.store(messages, Ordering::Relaxed);
    }

    /// This process has parked one.
    pub(super) fn parked(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// This process has taken one out.
    pub(super) fn unparked(&self) {
        let fewer = |messages: u64| messages.checked_sub(1);
        // Nothing was known of it before: the next count tells.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer);
    }

    /// Whether another may be parked.
    pub(super) fn is_below(&self, limit: usize) -> bool {
        self.0.load(Ordering::Relaxed) < limit as u64
    }
}
