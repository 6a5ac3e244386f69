use std::collections::{BTreeMap, VecDeque};
use std::error::Error as StdError;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// A key whose state is to be read again from the source, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repair {
    /// The key.
    pub key: String,
    /// Why.
    pub cause: RepairCause,
}

/// Why a key is to be read again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RepairCause {
    /// Events did not come.
    Gap {
        /// Their numbers.
        missing: RangeInclusive<u64>,
    },
    /// The quantity before an event was not the one that is known.
    BrokenChain,
    /// Somebody asked for it.
    Asked,
}

/// What a handler answers to an event in a gap: it is to be tried again after the repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InGap(pub(super) RangeInclusive<u64>);

/// The keys that wait for their repair, each once, in the order in which they came; bounded.
#[derive(Debug)]
pub(super) struct Repairs {
    open: Mutex<Open>,
    limit: usize,
    asked: Notify,
}

#[derive(Debug, Default)]
struct Open {
    causes: BTreeMap<String, RepairCause>,
    order: VecDeque<String>,
}

impl Repairs {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            open: Mutex::default(),
            limit,
            asked: Notify::new(),
        }
    }

    /// Wants a key repaired; `false` when there is no room for it. The latest cause is kept.
    pub(super) fn want(&self, key: &str, cause: RepairCause) -> bool {
        let mut open = self.open();
        if !open.causes.contains_key(key) {
            if open.causes.len() >= self.limit {
                return false;
            }
            open.order.push_back(key.to_owned());
        }
        open.causes.insert(key.to_owned(), cause);
        drop(open);
        self.asked.notify_one();
        true
    }

    /// Takes up to `limit` keys, waiting for the first. Cancel safe.
    pub(super) async fn take(&self, limit: usize) -> Vec<Repair> {
        loop {
            let asked = self.asked.notified();
            let taken = self.open().take(limit);
            if !taken.is_empty() {
                return taken;
            }
            asked.await;
        }
    }

    pub(super) fn all(&self) -> Vec<Repair> {
        let open = self.open();
        let causes = open.causes.iter();
        causes
            .map(|(key, cause)| Repair {
                key: key.clone(),
                cause: cause.clone(),
            })
            .collect()
    }

    pub(super) fn len(&self) -> usize {
        self.open().causes.len()
    }

    /// Whole after every step, so a panic elsewhere does not spoil it.
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn take(&mut self, limit: usize) -> Vec<Repair> {
        let count = limit.min(self.order.len());
        let keys = self.order.drain(..count);
        keys.filter_map(|key| self.causes.remove(&key).map(|cause| Repair { key, cause }))
            .collect()
    }
}

impl fmt::Display for InGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.0.start(), self.0.end());
        write!(f, "the events {first} to {last} of its key did not come")
    }
}

impl StdError for InGap {}
