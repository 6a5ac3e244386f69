use std::collections::{BTreeMap, VecDeque};
use std::error::Error as StdError;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
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

/// The keys that wait for their repair, each once, in the order in which they came; bounded. Of those beyond the bound it
/// is remembered that there are some, until all keys were compared.
#[derive(Debug)]
pub(super) struct Repairs {
    open: Mutex<Open>,
    limit: usize,
    asked: Notify,
    /// How many found no room.
    crowded_out: AtomicU64,
    /// Of those: how many had when all keys began to be compared the last time.
    compared: AtomicU64,
    overflow: Notify,
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
            crowded_out: AtomicU64::new(0),
            compared: AtomicU64::new(0),
            overflow: Notify::new(),
        }
    }

    /// Wants a key repaired; `false` when there is no room for it, and [`overflowed`](Self::overflowed) completes. The
    /// latest cause is kept.
    pub(super) fn want(&self, key: &str, cause: RepairCause) -> bool {
        let mut open = self.open();
        if !open.causes.contains_key(key) {
            if open.causes.len() >= self.limit {
                drop(open);
                self.crowded_out.fetch_add(1, Ordering::SeqCst);
                self.overflow.notify_one();
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

    /// Waits until there is a key that was crowded out and not compared since. Cancel safe.
    pub(super) async fn overflowed(&self) {
        loop {
            let overflow = self.overflow.notified();
            if self.crowded_out() > self.compared.load(Ordering::SeqCst) {
                return;
            }
            overflow.await;
        }
    }

    /// How many keys were crowded out so far.
    pub(super) fn crowded_out(&self) -> u64 {
        self.crowded_out.load(Ordering::SeqCst)
    }

    /// Says that all keys were compared since so many had been crowded out.
    pub(super) fn compared(&self, crowded_out: u64) {
        self.compared.fetch_max(crowded_out, Ordering::SeqCst);
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
