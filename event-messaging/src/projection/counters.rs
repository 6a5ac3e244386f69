use std::sync::atomic::{AtomicU64, Ordering};

/// What a projector has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProjectionCounts {
    /// Events applied. Those of transactions that were rolled back afterwards count too.
    pub applied: u64,
    /// Events left alone, because the state contained them.
    pub contained: u64,
    /// Gaps found: an event whose predecessors did not come. One that is tried several times counts each time.
    pub gaps: u64,
    /// Breaks in a chain of quantities.
    pub breaks: u64,
    /// Keys read again from the source, each with an answer.
    pub repairs: u64,
    /// Keys taken from the source, by the start.
    pub loaded: u64,
    /// Pages of the start applied.
    pub pages: u64,
    /// Reconciliations completed.
    pub reconciliations: u64,
    /// Keys that a reconciliation had to repair.
    pub reconciled: u64,
    /// Keys that a reconciliation had to leave as they are, because the source did not answer for them.
    pub unresolved: u64,
    /// Repairs for which there was no room: all keys are compared instead.
    pub crowded_out: u64,
    /// Answers of the source that did not come; they were asked for again.
    pub source_failures: u64,
    /// Operations of the store that failed, beside those of events; they were tried again.
    pub store_failures: u64,
    /// Keys that wait for their repair now.
    pub open_repairs: u64,
}

macro_rules! counters {
    ($($name:ident),* $(,)?) => {
        /// The cells behind [`ProjectionCounts`].
        #[derive(Debug, Default)]
        pub(super) struct Counters {
            $($name: AtomicU64,)*
        }

        impl Counters {
            pub(super) fn snapshot(&self, open_repairs: usize, crowded_out: u64) -> ProjectionCounts {
                ProjectionCounts {
                    $($name: self.$name.load(Ordering::Relaxed),)*
                    open_repairs: open_repairs as u64,
                    crowded_out,
                }
            }

            $(pub(super) fn $name(&self, count: u64) {
                self.$name.fetch_add(count, Ordering::Relaxed);
            })*
        }
    };
}

counters! {
    applied,
    contained,
    gaps,
    breaks,
    repairs,
    loaded,
    pages,
    reconciliations,
    reconciled,
    unresolved,
    source_failures,
    store_failures,
}
