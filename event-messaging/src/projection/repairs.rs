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

    /// The next key, waiting for it. Cancel safe. Several may wait.
    pub(super) async fn next(&self) -> Repair {
        loop {
            let asked = self.asked.notified();
            let (next, is_more) = {
                let mut open = self.open();
                (open.next(), !open.order.is_empty())
            };
            if is_more {
                // Of several that are wanted at once, only one is announced.
                self.asked.notify_one();
            }
            if let Some(repair) = next {
                return repair;
            }
            asked.await;
        }
    }

    /// Puts a key behind the others, unless it is wanted again already. There is always room for it.
    pub(super) fn put_back(&self, Repair { key, cause }: Repair) {
        let mut open = self.open();
        if !open.causes.contains_key(&key) {
            open.order.push_back(key.clone());
            open.causes.insert(key, cause);
        }
        drop(open);
        self.asked.notify_one();
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
    fn next(&mut self) -> Option<Repair> {
        let key = self.order.pop_front()?;
        let cause = self.causes.remove(&key)?;
        Some(Repair { key, cause })
    }
}

impl fmt::Display for InGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.0.start(), self.0.end());
        write!(f, "the events {first} to {last} of its key did not come")
    }
}

impl StdError for InGap {}
