use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::shelf::{Shelf, Source};
use super::{Entry, Handle, RegistryPolicy};
use crate::event::Events;
use crate::invalid::{InvalidPolicy, Problems};

/// One entry for each key, never more than [`RegistryPolicy::max_entries`] and one. Cloning is cheap, and the clones
/// are one registry.
///
/// See the [module](super) for what is kept and what is forgotten.
pub struct Registry<T: Entry> {
    shared: Arc<Shared<T>>,
}

struct Shared<T: Entry> {
    events: Events,
    shelf: RwLock<Shelf<T>>,
    /// Counts uses of entries.
    clock: AtomicU64,
    overflow: Handle<T>,
    overflowed: AtomicU64,
    /// Held while a reload reaches the entries, so that two of them do not mix.
    reloading: Mutex<()>,
}

impl<T: Entry> Registry<T> {
    /// The key of the entry that keys without one of their own share.
    pub const OVERFLOW: &'static str = "overflow";

    /// An empty registry, whose entries are made of what `settings` says of their keys and tell `events` under them.
    ///
    /// `settings` is also asked for [`OVERFLOW`](Self::OVERFLOW), at once.
    ///
    /// # Errors
    ///
    /// When [`RegistryPolicy::validate`] finds fault with the policy, or the settings of the overflow cannot work.
    pub fn new(
        policy: RegistryPolicy,
        events: &Events,
        settings: impl Fn(&str) -> T::Settings + Send + Sync + 'static,
    ) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        let source: Source<T> = Arc::new(settings);
        let overflow = T::create(
            Self::OVERFLOW,
            source(Self::OVERFLOW),
            events.named(Self::OVERFLOW),
        )?;
        Ok(Self {
            shared: Arc::new(Shared {
                events: events.clone(),
                shelf: RwLock::new(Shelf::new(source, policy.max_entries)),
                // Beyond the 0 of an entry that was never used.
                clock: AtomicU64::new(1),
                overflow: Handle::new(Self::OVERFLOW.into(), true, overflow),
                overflowed: AtomicU64::new(0),
                reloading: Mutex::new(()),
            }),
        })
    }

    /// The entry of a key, made if it has none. A full registry forgets another for it, or gives the shared one.
    ///
    /// For a key that has an entry, no exclusive lock is taken and nothing is allocated.
    ///
    /// # Errors
    ///
    /// When the settings of the key cannot work, which only a new entry finds out.
    pub fn get_or_create(&self, key: &str) -> Result<Handle<T>, InvalidPolicy> {
        loop {
            let source = {
                let shelf = self.read();
                if let Some(known) = shelf.get(key) {
                    known.touch(&self.shared.clock);
                    return Ok(known.clone());
                }
                if !shelf.has_room() {
                    return Ok(self.overflow());
                }
                Arc::clone(&shelf.source)
            };
            let entry = T::create(key, source(key), self.shared.events.named(key))?;
            if let Some(handle) = self.put(Handle::new(key.into(), false, entry), &source) {
                return Ok(handle);
            }
        }
    }

    /// The entry of a key, if it has one. Does not count as a use.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Handle<T>> {
        self.read().get(key).cloned()
    }

    /// Forgets the entry of a key, whatever its state. Who has a handle of it goes on with it; others get a new one.
    ///
    /// For a peer that will not come back: its open circuit would keep its place for ever.
    pub fn remove(&self, key: &str) -> Option<Handle<T>> {
        self.write().remove(key)
    }

    /// Goes on with other settings, for living entries and for those to come. Entries keep their state.
    ///
    /// `settings` is asked for each living key, and for [`OVERFLOW`](Self::OVERFLOW), outside any lock; more than
    /// once if entries are made meanwhile.
    ///
    /// # Errors
    ///
    /// Everything that cannot work, of all keys; nothing has changed then.
    pub fn reload(
        &self,
        settings: impl Fn(&str) -> T::Settings + Send + Sync + 'static,
    ) -> Result<(), InvalidPolicy> {
        let source: Source<T> = Arc::new(settings);
        loop {
            let (version, handles) = self.living();
            let mut problems = Problems::new();
            let mut changes = Vec::with_capacity(handles.len());
            for handle in handles {
                let settings = source(handle.key());
                problems.include(handle.check(&settings));
                changes.push((handle, settings));
            }
            problems.into_result()?;
            if let Some(result) = self.apply(version, &source, changes) {
                return result;
            }
        }
    }

    /// How many keys have an entry of their own.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read().len()
    }

    /// Whether no key has an entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How often a key was given the shared entry. If it grows, `max_entries` is too small, or circuits of peers that
    /// are gone for good stay open.
    #[must_use]
    pub fn overflowed(&self) -> u64 {
        self.shared.overflowed.load(Ordering::Relaxed)
    }

    /// Where the entries tell what happens, each under its key.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.shared.events
    }

    /// The entry that keys without one of their own share. Does not count as an overflow.
    #[must_use]
    pub fn shared(&self) -> Handle<T> {
        self.shared.overflow.clone()
    }

    fn overflow(&self) -> Handle<T> {
        self.shared.overflowed.fetch_add(1, Ordering::Relaxed);
        self.shared.overflow.clone()
    }

    /// Puts a new entry in, unless the key has got one meanwhile. `None` if the settings it is made of are outdated.
    fn put(&self, new: Handle<T>, made_by: &Source<T>) -> Option<Handle<T>> {
        // Declared before the lock, so that what is not kept is let go of after it.
        let forgotten;
        let handle = new.clone();
        let mut shelf = self.write();
        if !Arc::ptr_eq(&shelf.source, made_by) {
            return None;
        }
        if let Some(known) = shelf.get(new.key()) {
            known.touch(&self.shared.clock);
            return Some(known.clone());
        }
        new.touch(&self.shared.clock);
        forgotten = shelf.insert(new);
        Some(if forgotten.is_ok() {
            handle
        } else {
            self.overflow()
        })
    }

    /// The living entries and the shared one, as of a version.
    fn living(&self) -> (u64, Vec<Handle<T>>) {
        let shelf = self.read();
        let overflow = std::iter::once(&self.shared.overflow);
        (shelf.version, shelf.handles().chain(overflow).cloned().collect())
    }

    /// `None` if there are entries by now that `changes` knows nothing of.
    fn apply(
        &self,
        version: u64,
        source: &Source<T>,
        changes: Vec<(Handle<T>, T::Settings)>,
    ) -> Option<Result<(), InvalidPolicy>> {
        let reloading = self.shared.reloading.lock();
        let _reloading = reloading.unwrap_or_else(PoisonError::into_inner);
        let mut shelf = self.write();
        if shelf.version != version {
            return None;
        }
        let before = shelf.set_source(Arc::clone(source));
        drop(shelf);
        drop(before);

        let mut problems = Problems::new();
        for (handle, settings) in changes {
            problems.include(handle.reload(settings));
        }
        Some(problems.into_result())
    }

    fn read(&self) -> RwLockReadGuard<'_, Shelf<T>> {
        self.shared.shelf.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The shelf changes by whole entries, so a poisoned lock still guards a sound one.
    fn write(&self) -> RwLockWriteGuard<'_, Shelf<T>> {
        self.shared.shelf.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Entry> Clone for Registry<T> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<T: Entry> fmt::Debug for Registry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry")
            .field("len", &self.len())
            .field("overflowed", &self.overflowed())
            .finish_non_exhaustive()
    }
}
