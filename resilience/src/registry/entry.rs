use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::event::Events;
use crate::invalid::InvalidPolicy;

/// What a registry can keep: made of settings, changed by settings, and known to be worth forgetting or not.
pub trait Entry: Sized + Send + Sync + 'static {
    /// What one is made of.
    type Settings: Send;

    /// Makes one for `key`. What happens in it is told to `events`, which have the key for a name.
    ///
    /// # Errors
    ///
    /// When the settings cannot work.
    fn create(key: &str, settings: Self::Settings, events: Events) -> Result<Self, InvalidPolicy>;

    /// Finds out whether [`reload`](Self::reload) will take the settings.
    ///
    /// # Errors
    ///
    /// When they cannot work.
    fn check(&self, settings: &Self::Settings) -> Result<(), InvalidPolicy>;

    /// Goes on with other settings and the same state. Must not use the registry.
    ///
    /// # Errors
    ///
    /// When [`check`](Self::check) finds fault with the settings; nothing has changed then.
    fn reload(&self, settings: Self::Settings) -> Result<(), InvalidPolicy>;

    /// Whether there is nothing in its state that would do harm if it were forgotten: no circuit is open.
    fn is_forgettable(&self) -> bool;
}

/// An entry of a registry. As long as there is a handle of it, the registry keeps it.
///
/// Cloning is cheap and allocates nothing. Keep the handle for as long as the call lasts rather than a clone of what
/// is in it, which the registry knows nothing of.
pub struct Handle<T> {
    slot: Arc<Slot<T>>,
}

struct Slot<T> {
    key: Arc<str>,
    is_overflow: bool,
    used: AtomicU64,
    entry: T,
}

impl<T> Handle<T> {
    pub(super) fn new(key: Arc<str>, is_overflow: bool, entry: T) -> Self {
        let used = AtomicU64::new(0);
        Self {
            slot: Arc::new(Slot {
                key,
                is_overflow,
                used,
                entry,
            }),
        }
    }

    /// The key that the entry was made for.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.slot.key
    }

    /// Whether it is the entry that keys without one of their own share.
    #[must_use]
    pub fn is_overflow(&self) -> bool {
        self.slot.is_overflow
    }

    /// Notes that it was used last of all. `clock` counts uses; a use right after another writes nothing.
    pub(super) fn touch(&self, clock: &AtomicU64) {
        if self.slot.used.load(Ordering::Relaxed) != clock.load(Ordering::Relaxed) {
            let turn = clock.fetch_add(1, Ordering::Relaxed) + 1;
            self.slot.used.store(turn, Ordering::Relaxed);
        }
    }

    /// When it was used last, in turns of the clock.
    pub(super) fn used(&self) -> u64 {
        self.slot.used.load(Ordering::Relaxed)
    }

    /// Whether this is the only handle. Stays so as long as nobody can clone it.
    pub(super) fn is_alone(&self) -> bool {
        Arc::strong_count(&self.slot) == 1
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        Self {
            slot: Arc::clone(&self.slot),
        }
    }
}

impl<T> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.slot.entry
    }
}

impl<T: fmt::Debug> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle")
            .field("key", &self.key())
            .field("is_overflow", &self.is_overflow())
            .field("entry", &self.slot.entry)
            .finish()
    }
}
