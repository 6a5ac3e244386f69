use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a consumer has done so far.
///
/// After [`run`](super::Consumer::run), `received` and `unparked` together are the sum of `handled`, `duplicates`,
/// `unknown`, `parked`, `dead_lettered` and `given_back`: whatever comes leaves in one of these ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConsumerCounts {
    /// Messages delivered; a redelivered one counts again.
    pub received: u64,
    /// Handled with success, and committed where there is an inbox.
    pub handled: u64,
    /// Left alone because the inbox knew them: they were handled before, or given up.
    pub duplicates: u64,
    /// Attempts that failed, those cut off at the deadline included; one message may fail several times and then be
    /// handled.
    pub failed: u64,
    /// Attempts after the first of a message.
    pub retried: u64,
    /// Put into the park: for a late retry, or behind another of their key.
    pub parked: u64,
    /// Taken out of the park: handled, known, or given up.
    pub unparked: u64,
    /// Put among the dead letters.
    pub dead_lettered: u64,
    /// Acknowledged without the handler, which does not take their type.
    pub unknown: u64,
    /// Given back unsettled: at shutdown, or with a partition that was revoked or lost.
    pub given_back: u64,
    /// Messages, or offsets, that could not be settled after their effect; they come again.
    pub settle_failures: u64,
    /// Operations of the inbox that failed. No attempt is spent by them.
    pub store_failures: u64,
    /// Dead letters that were not confirmed; they are tried again.
    pub dead_letter_failures: u64,
    /// Messages held unsettled now, waiting ones included.
    pub in_flight: u64,
    /// Of a log: how many records of this consumer's partitions were not committed when that was last looked at, if
    /// the source knows.
    pub lag: Option<u64>,
}

/// The cells behind [`ConsumerCounts`].
#[derive(Clone, Debug, Default)]
pub(super) struct Counters(Arc<Cells>);

macro_rules! counters {
    ($($name:ident),* $(,)?) => {
        #[derive(Debug, Default)]
        struct Cells {
            $($name: AtomicU64,)*
            in_flight: AtomicU64,
            /// One more than the lag; 0 when it is not known.
            lag: AtomicU64,
        }

        impl Counters {
            /// The counts now.
            pub(super) fn snapshot(&self) -> ConsumerCounts {
                ConsumerCounts {
                    $($name: self.0.$name.load(Ordering::Relaxed),)*
                    in_flight: self.0.in_flight.load(Ordering::Relaxed),
                    lag: self.0.lag.load(Ordering::Relaxed).checked_sub(1),
                }
            }

            $(pub(super) fn $name(&self, count: usize) {
                self.0.$name.fetch_add(count as u64, Ordering::Relaxed);
            })*

            pub(super) fn in_flight(&self, now: usize) {
                self.0.in_flight.store(now as u64, Ordering::Relaxed);
            }

            pub(super) fn lag(&self, now: Option<u64>) {
                self.0.lag.store(now.map_or(0, |lag| lag.saturating_add(1)), Ordering::Relaxed);
            }
        }
    };
}

counters! {
    received,
    handled,
    duplicates,
    failed,
    retried,
    parked,
    unparked,
    dead_lettered,
    unknown,
    given_back,
    settle_failures,
    store_failures,
    dead_letter_failures,
}
