use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::RangeInclusive;

/// Remembers, for each key, the number of the last event applied, and says of the next one whether it is old, is
/// the next, or leaves a gap.
///
/// A projection asks [`check`](Self::check) before it applies an event and calls [`record`](Self::record) after
/// it has; what it applied twice is thereby applied once, and what it missed is noticed. Pure: no clock, no I/O.
/// Where the projection lives in a database, keep the number beside the row and ask [`Verdict::of`] instead.
///
/// ```
/// use event_messaging::{SequenceGate, Verdict};
///
/// let mut gate = SequenceGate::<String>::new();
/// assert_eq!(gate.check("p-1", 1), Verdict::Next);
/// gate.record("p-1", 1);
/// assert_eq!(gate.check("p-1", 1), Verdict::Stale { last: 1 });
/// assert_eq!(gate.check("p-1", 4), Verdict::Gap { missing: 2..=3 });
/// ```
#[derive(Clone, Debug, Default)]
pub struct SequenceGate<K = String> {
    last: HashMap<K, u64>,
}

/// What a number means after the ones before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Exactly the next one: apply it.
    Next,
    /// Not above what was applied: drop it.
    Stale {
        /// The last one applied.
        last: u64,
    },
    /// Above the next one. Apply it if events state whole values, and repair what was missed; or wait for it.
    Gap {
        /// The numbers that did not come.
        missing: RangeInclusive<u64>,
    },
}

impl Verdict {
    /// What `sequence` means after `last`; numbers begin at 1, and `last` is `None` (or 0) before the first.
    #[must_use]
    pub fn of(last: Option<u64>, sequence: u64) -> Self {
        let last = last.unwrap_or(0);
        match sequence {
            stale if stale <= last => Self::Stale { last },
            next if next - last == 1 => Self::Next,
            beyond => Self::Gap {
                missing: last + 1..=beyond - 1,
            },
        }
    }

    /// Whether the event is to be dropped.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        matches!(self, Self::Stale { .. })
    }
}

impl<K: Eq + Hash> SequenceGate<K> {
    /// A gate that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self { last: HashMap::new() }
    }

    /// What `sequence` means for `key`. Changes nothing.
    pub fn check<Q>(&self, key: &Q, sequence: u64) -> Verdict
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        Verdict::of(self.last(key), sequence)
    }

    /// Remembers that everything up to `sequence` is applied for `key`; a lower number than the one known changes
    /// nothing. A snapshot records what it contains in the same way.
    pub fn record(&mut self, key: impl Into<K>, sequence: u64) {
        let last = self.last.entry(key.into()).or_insert(sequence);
        *last = sequence.max(*last);
    }

    /// The last number applied for `key`.
    pub fn last<Q>(&self, key: &Q) -> Option<u64>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.last.get(key).copied()
    }
}
