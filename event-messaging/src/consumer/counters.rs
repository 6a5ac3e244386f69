use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A view of a consumer's counters that outlives [`run`](super::Consumer::run). Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct ConsumerCounters(Arc<Cells>);

#[derive(Debug, Default)]
struct Cells {
    received: AtomicU64,
    handled: AtomicU64,
    failed: AtomicU64,
    skipped: AtomicU64,
    rejected: AtomicU64,
    given_back: AtomicU64,
}

/// What a consumer has done so far.
///
/// After [`run`](super::Consumer::run) `received` is the sum of `handled`, `skipped`, `rejected` and `given_back`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConsumerCounts {
    /// Messages delivered; a redelivered one counts again.
    pub received: u64,
    /// Handled with success and acknowledged.
    pub handled: u64,
    /// Tries that failed; one message may fail several times and then be handled.
    pub failed: u64,
    /// Acknowledged without the handler, which does not take their type.
    pub skipped: u64,
    /// Put aside because they could not be decoded.
    pub rejected: u64,
    /// Given back unhandled at shutdown.
    pub given_back: u64,
}

impl ConsumerCounters {
    /// The counts now.
    #[must_use]
    pub fn snapshot(&self) -> ConsumerCounts {
        let Cells {
            received,
            handled,
            failed,
            skipped,
            rejected,
            given_back,
        } = &*self.0;
        ConsumerCounts {
            received: received.load(Ordering::Relaxed),
            handled: handled.load(Ordering::Relaxed),
            failed: failed.load(Ordering::Relaxed),
            skipped: skipped.load(Ordering::Relaxed),
            rejected: rejected.load(Ordering::Relaxed),
            given_back: given_back.load(Ordering::Relaxed),
        }
    }

    pub(super) fn received(&self) {
        self.0.received.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn handled(&self) {
        self.0.handled.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn failed(&self) {
        self.0.failed.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn skipped(&self) {
        self.0.skipped.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn rejected(&self) {
        self.0.rejected.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn given_back(&self, messages: usize) {
        self.0.given_back.fetch_add(messages as u64, Ordering::Relaxed);
    }
}
