//! What a registry holds, without locks.

use std::collections::HashMap;
use std::sync::Arc;

use super::entry::{Entry, Handle};

/// What the settings of a key are.
pub(super) type Source<T> = Arc<dyn Fn(&str) -> <T as Entry>::Settings + Send + Sync>;

pub(super) struct Shelf<T: Entry> {
    pub(super) source: Source<T>,
    /// Goes up with each entry put in and each new source: what a reload must not have missed.
    pub(super) version: u64,
    entries: HashMap<Arc<str>, Handle<T>>,
    max_entries: usize,
}

impl<T: Entry> Shelf<T> {
    pub(super) fn new(source: Source<T>, max_entries: usize) -> Self {
        Self {
            source,
            version: 0,
            entries: HashMap::new(),
            max_entries,
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Handle<T>> {
        self.entries.get(key)
    }

    pub(super) fn handles(&self) -> impl Iterator<Item = &Handle<T>> {
        self.entries.values()
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether another key can have an entry, perhaps in place of one that is forgotten.
    pub(super) fn has_room(&self) -> bool {
        self.entries.len() < self.max_entries || self.least_needed().is_some()
    }

    /// Puts an entry in, and takes out the one that makes room for it. `Err` gives it back if none can.
    pub(super) fn insert(&mut self, handle: Handle<T>) -> Result<Option<Handle<T>>, Handle<T>> {
        let mut forgotten = None;
        if self.entries.len() >= self.max_entries {
            let Some(key) = self.least_needed().map(|least| Arc::from(least.key())) else {
                return Err(handle);
            };
            forgotten = self.entries.remove::<str>(&key);
        }
        self.version += 1;
        self.entries.insert(handle.key().into(), handle);
        Ok(forgotten)
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Handle<T>> {
        self.entries.remove(key)
    }

    pub(super) fn set_source(&mut self, source: Source<T>) -> Source<T> {
        self.version += 1;
        std::mem::replace(&mut self.source, source)
    }

    /// Of those that nobody uses and that can be forgotten, the one not used for the longest time.
    fn least_needed(&self) -> Option<&Handle<T>> {
        self.entries
            .values()
            .filter(|handle| handle.is_alone() && handle.is_forgettable())
            .min_by_key(|handle| handle.used())
    }
}
