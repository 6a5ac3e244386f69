use super::park::{Park, Row};
use crate::clock::Instant;
use std::collections::HashSet;
use std::collections::btree_map::{BTreeMap, Entry};

/// The tables, what is locked in them, and the faults.
#[derive(Default)]
pub(super) struct Rows {
    /// By consumer and message.
    pub(super) handled: BTreeMap<(String, String), Handled>,
    pub(super) park: Park,
    /// The keys, by consumer, that a transaction works on.
    pub(super) locked: HashSet<(String, String)>,
    pub(super) is_down: bool,
    pub(super) answers_to_lose: u32,
    pub(super) calls: u64,
}

/// When a message was handled, or given up.
pub(super) struct Handled {
    pub(super) at: Instant,
    pub(super) is_given_up: bool,
}

pub(super) enum Write {
    Handled {
        consumer: String,
        message_id: String,
        is_given_up: bool,
    },
    Parked {
        row: Box<Row>,
        is_redriven: bool,
    },
    Unparked(i64),
}

impl Rows {
    pub(super) fn apply(&mut self, write: Write, now: Instant) {
        match write {
            Write::Handled {
                consumer,
                message_id,
                is_given_up,
            } => {
                let handled = Handled { at: now, is_given_up };
                match self.handled.entry((consumer, message_id)) {
                    Entry::Vacant(entry) => drop(entry.insert(handled)),
                    Entry::Occupied(mut entry) if entry.get().is_given_up => drop(entry.insert(handled)),
                    Entry::Occupied(_) => {}
                }
            }
            Write::Parked { row, is_redriven } => self.park.put(*row, is_redriven),
            Write::Unparked(id) => self.park.take(id),
        }
    }

    /// The first parked row of every key that is due and free, those first that have been due the longest.
    pub(super) fn due(&self, consumer: &str, now: Instant) -> Vec<i64> {
        let is_free = |row: &Row| row.not_before <= now && row.lease_until.is_none_or(|until| until <= now);
        let mut due: Vec<_> = self
            .park
            .heads(consumer)
            .filter(|(_, row)| is_free(row) && !self.locked.contains(&row.owner()))
            .map(|(id, row)| (row.not_before, id))
            .collect();
        due.sort_unstable();
        due.into_iter().map(|(_, id)| id).collect()
    }
}
