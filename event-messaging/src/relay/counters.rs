use crate::Outcome;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A view of a relay's counters that outlives [`run`](super::Relay::run). Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct RelayCounters(Arc<Cells>);

#[derive(Debug, Default)]
struct Cells {
    sent: AtomicU64,
    unroutable: AtomicU64,
    nacked: AtomicU64,
    unknown: AtomicU64,
    fenced_off: AtomicU64,
    store_failures: AtomicU64,
    pruned: AtomicU64,
}

/// What a relay has done so far. Tries are counted, not messages: one message may be nacked twice and then sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RelayCounts {
    /// Confirmed by the broker.
    pub sent: u64,
    /// No queue was bound; the message stays pending.
    pub unroutable: u64,
    /// Refused by the broker.
    pub nacked: u64,
    /// Without an answer in time.
    pub unknown: u64,
    /// Rows that another relay had claimed meanwhile: their messages may be sent twice.
    pub fenced_off: u64,
    /// Operations of the store that failed.
    pub store_failures: u64,
    /// Rows deleted because they were sent long ago.
    pub pruned: u64,
}

impl RelayCounters {
    /// The counts now.
    #[must_use]
    pub fn snapshot(&self) -> RelayCounts {
        let Cells {
            sent,
            unroutable,
            nacked,
            unknown,
            fenced_off,
            store_failures,
            pruned,
        } = &*self.0;
        RelayCounts {
            sent: sent.load(Ordering::Relaxed),
            unroutable: unroutable.load(Ordering::Relaxed),
            nacked: nacked.load(Ordering::Relaxed),
            unknown: unknown.load(Ordering::Relaxed),
            fenced_off: fenced_off.load(Ordering::Relaxed),
            store_failures: store_failures.load(Ordering::Relaxed),
            pruned: pruned.load(Ordering::Relaxed),
        }
    }

    pub(super) fn outcome(&self, outcome: Outcome) {
        let cell = match outcome {
            Outcome::Sent => &self.0.sent,
            Outcome::Unroutable => &self.0.unroutable,
            Outcome::Nacked => &self.0.nacked,
            Outcome::Unknown => &self.0.unknown,
        };
        cell.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn fenced_off(&self, rows: usize) {
        self.0.fenced_off.fetch_add(rows as u64, Ordering::Relaxed);
    }

    pub(super) fn store_failed(&self) {
        self.0.store_failures.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn pruned(&self, rows: usize) {
        self.0.pruned.fetch_add(rows as u64, Ordering::Relaxed);
    }
}
