use super::{Judgement, Position, Stamp};
use std::collections::HashMap;

/// For events without numbers, as `StockLevelChanged` of the Inventory Service: for each key the newest counts, of two
/// at one instant the one with the greater message id; and a break in the chain of quantities is counted.
///
/// The sibling of [`SequenceGate`](crate::SequenceGate), for a projection that lives in this process. Where it lives in
/// a database, keep the [`Position`] beside the row and ask [`Position::judge`]. Pure; one entry for each key.
///
/// ```
/// use event_contracts::MessageId;
/// use event_messaging::projection::{Freshness, Stamp, TimestampGate};
/// use product_types::Timestamp;
///
/// let stock = |second: i64, previous, next| {
///     let at = Timestamp::from_unix(1_790_000_000 + second, 0).unwrap();
///     Stamp::unnumbered("v-1/w-1", at, MessageId::new(format!("m-{second}")).unwrap()).with_link(previous, next)
/// };
/// let mut gate = TimestampGate::new();
/// assert_eq!(gate.take(&stock(1, 10, 8)), Freshness::Newest);
/// assert_eq!(gate.take(&stock(1, 10, 8)), Freshness::Stale);
/// // Something between 8 and 5 did not come: the new quantity counts all the same, and reconciliation is due.
/// assert_eq!(gate.take(&stock(3, 5, 4)), Freshness::Broken);
/// assert_eq!(gate.breaks(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct TimestampGate {
    last: HashMap<String, Position>,
    breaks: u64,
}

/// What an event without a number means after the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// Newer than what was taken: apply it.
    Newest,
    /// Newer, and others were missed before it: apply it, and reconcile the key.
    Broken,
    /// Not newer than what was taken: drop it.
    Stale,
}

impl TimestampGate {
    /// A gate that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says what an event means, and remembers it if it is newer. Its number is not looked at.
    pub fn take(&mut self, event: &Stamp) -> Freshness {
        let unnumbered = Stamp {
            sequence: None,
            ..event.clone()
        };
        match Position::judge(self.last.get(&event.key), &unnumbered) {
            Judgement::News { next, is_broken } => {
                self.last.insert(event.key.clone(), next);
                self.breaks += u64::from(is_broken);
                if is_broken {
                    Freshness::Broken
                } else {
                    Freshness::Newest
                }
            }
            // There is no gap without a number.
            Judgement::Contained { .. } | Judgement::Gap { .. } => Freshness::Stale,
        }
    }

    /// Remembers what a snapshot says of a key, if it is not older than what is known: how a reconciliation ends.
    pub fn record(&mut self, key: impl Into<String>, snapshot: Position) {
        let key = key.into();
        if Position::admits(self.last.get(&key), &snapshot, true) {
            self.last.insert(key, snapshot);
        }
    }

    /// How often the chain of quantities was broken.
    #[must_use]
    pub fn breaks(&self) -> u64 {
        self.breaks
    }
}
