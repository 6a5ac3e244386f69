use event_contracts::{MessageId, Metadata};
use product_types::Timestamp;
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// How far the state of one key has come: what a projection keeps beside each row, and with which it decides of the
/// next event or snapshot whether it is news. Pure: no clock, no I/O.
///
/// The number of the last event decides where there is one, and the instant of the last change where there is none:
///
/// - An event with a number is the next one, contained already, or leaves a gap.
/// - Of events without a number the newest counts; of two at one instant, the one with the greater message id.
/// - After a snapshot that knows no number, events of its instant and before are contained, and the first one after it
///   says where the numbers are.
///
/// A key that is gone keeps its position, so that a page that was read before does not bring it back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Position {
    /// The number of the last event that the state contains, if it is known.
    pub sequence: Option<u64>,
    /// When the last change happened that the state contains, by the clock of the source: the latest of them, where that
    /// clock went back.
    pub as_of: Timestamp,
    /// Whether the state contains every event up to that instant, whatever its number: after a snapshot that knows no
    /// number. `sequence` is then the highest that was seen, and there may be higher ones in the state.
    pub is_by_instant: bool,
    /// The message that brought the last change; `None` when a snapshot did.
    pub message_id: Option<MessageId>,
    /// The quantity after the last change, of a key whose events are a chain of quantities.
    pub level: Option<i64>,
}

/// What an event says of its own place: what [`Position`] judges by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stamp {
    /// The key of the projection that it changes.
    pub key: String,
    /// Its number among the events of its key; the first one is 1.
    pub sequence: Option<u64>,
    /// When it happened, by the clock of the source.
    pub timestamp: Timestamp,
    /// Its message.
    pub message_id: MessageId,
    /// The quantities before and after it, of an event that states both.
    pub link: Option<(i64, i64)>,
}

/// What an event, or a snapshot, means after what the state contains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It is news: apply it, and keep this position with it.
    News {
        /// Where the state is then.
        next: Position,
        /// Whether something was missed all the same: its quantity before is not the one that is known.
        is_broken: bool,
    },
    /// The state contains it already: leave it alone. Where its number was news, keep it.
    Contained {
        /// Where the state is, if more is known of that than before.
        learnt: Option<Position>,
    },
    /// Others before it did not come: repair the key, and judge it again.
    Gap {
        /// The numbers that did not come.
        missing: RangeInclusive<u64>,
    },
}

impl Stamp {
    /// The stamp of an event of `key`, by what its envelope says.
    #[must_use]
    pub fn new(key: impl Into<String>, metadata: &Metadata) -> Self {
        Self {
            key: key.into(),
            sequence: metadata.sequence,
            timestamp: metadata.timestamp,
            message_id: metadata.message_id.clone(),
            link: None,
        }
    }

    /// The stamp of an event without a number.
    #[must_use]
    pub fn unnumbered(key: impl Into<String>, timestamp: Timestamp, message_id: MessageId) -> Self {
        Self {
            key: key.into(),
            sequence: None,
            timestamp,
            message_id,
            link: None,
        }
    }

    /// Says which quantity was there before the event, and which after.
    #[must_use]
    pub fn with_link(mut self, previous: i64, next: i64) -> Self {
        self.link = Some((previous, next));
        self
    }
}

impl Position {
    /// The position of a snapshot that contains all changes up to `as_of`, and the event `sequence` as the last one, if
    /// that is known.
    #[must_use]
    pub fn of_snapshot(sequence: Option<u64>, as_of: Timestamp) -> Self {
        Self {
            sequence,
            as_of,
            is_by_instant: sequence.is_none(),
            message_id: None,
            level: None,
        }
    }

    /// Sets the quantity that the snapshot states.
    #[must_use]
    pub fn with_level(mut self, level: i64) -> Self {
        self.level = Some(level);
        self
    }

    /// What `event` means after `known`, which is `None` when nothing is known of the key.
    #[must_use]
    pub fn judge(known: Option<&Self>, event: &Stamp) -> Judgement {
        match (known, event.sequence) {
            (None, Some(sequence)) if sequence > 1 => Judgement::Gap {
                missing: 1..=sequence - 1,
            },
            (Some(known), Some(sequence)) => known.judge_number(event, sequence),
            (Some(known), None) => known.judge_instant(event),
            (None, _) => Self::news(known, event),
        }
    }

    /// Whether a snapshot may take the place of what is known: only forwards. On a `repair` also one that is level with
    /// it: what the source says then counts more than what was pieced together from events.
    #[must_use]
    pub fn admits(known: Option<&Self>, snapshot: &Self, is_repair: bool) -> bool {
        let Some(known) = known else {
            return true;
        };
        let order = match (known.exact_sequence(), snapshot.sequence) {
            (Some(known), Some(snapshot)) => snapshot.cmp(&known),
            _ => snapshot.as_of.cmp(&known.as_of),
        };
        order == Ordering::Greater || (is_repair && order == Ordering::Equal)
    }

    /// The position of a snapshot that takes the place of what is `known`. Without a number it contains at least what
    /// was known, so that number stays: what is missing behind it is still seen.
    pub(super) fn in_place_of(&self, known: Option<&Self>) -> Self {
        Self {
            sequence: self.sequence.or_else(|| known.and_then(|known| known.sequence)),
            ..self.clone()
        }
    }

    /// The number of the last event in the state, where that is certain.
    fn exact_sequence(&self) -> Option<u64> {
        self.sequence.filter(|_| !self.is_by_instant)
    }

    fn judge_number(&self, event: &Stamp, sequence: u64) -> Judgement {
        if self.is_by_instant && event.timestamp <= self.as_of {
            let is_higher = self.sequence.is_none_or(|known| known < sequence);
            return Judgement::Contained {
                learnt: is_higher.then(|| Self {
                    sequence: Some(sequence),
                    ..self.clone()
                }),
            };
        }
        match self.sequence {
            Some(known) if sequence <= known => Judgement::Contained { learnt: None },
            Some(known) if sequence - known > 1 => Judgement::Gap {
                missing: known + 1..=sequence - 1,
            },
            _ => Self::news(Some(self), event),
        }
    }

    fn judge_instant(&self, event: &Stamp) -> Judgement {
        let order = event.timestamp.cmp(&self.as_of).then_with(|| {
            // A snapshot contains all of its instant.
            let known = self.message_id.as_ref();
            known.map_or(Ordering::Less, |known| {
                event.message_id.as_str().cmp(known.as_str())
            })
        });
        match order {
            Ordering::Greater => Self::news(Some(self), event),
            _ => Judgement::Contained { learnt: None },
        }
    }

    fn news(known: Option<&Self>, event: &Stamp) -> Judgement {
        let level = known.and_then(|known| known.level);
        let is_broken = event
            .link
            .zip(level)
            .is_some_and(|((previous, _), level)| previous != level);
        Judgement::News {
            next: Self {
                sequence: event.sequence.or_else(|| known.and_then(|known| known.sequence)),
                as_of: known.map_or(event.timestamp, |known| known.as_of.max(event.timestamp)),
                is_by_instant: false,
                message_id: Some(event.message_id.clone()),
                level: event.link.map(|(_, next)| next),
            },
            is_broken,
        }
    }
}
