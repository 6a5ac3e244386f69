use crate::ParkedContent;
use crate::clock::Instant;
use std::collections::{BTreeMap, HashSet};

#[derive(Default)]
pub(super) struct Rows {
    /// By consumer and message: when it was handled.
    pub(super) handled: BTreeMap<(String, String), Instant>,
    /// In the order of arrival.
    pub(super) parked: BTreeMap<i64, Row>,
    pub(super) written: i64,
    /// The keys, by consumer, that a transaction works on.
    pub(super) locked: HashSet<(String, String)>,
    pub(super) is_down: bool,
    pub(super) answers_to_lose: u32,
    pub(super) calls: u64,
}

pub(super) struct Row {
    pub(super) consumer: String,
    pub(super) key: String,
    pub(super) content: ParkedContent,
    pub(super) attempts: u32,
    pub(super) first_tried: Instant,
    pub(super) not_before: Instant,
    pub(super) lease_until: Option<Instant>,
    pub(super) fence: i64,
    pub(super) reason: String,
}

pub(super) enum Write {
    Handled { consumer: String, message_id: String },
    Parked(Box<Row>),
    Unparked(i64),
}

impl Rows {
    pub(super) fn is_parked(&self, consumer: &str, key: &str) -> bool {
        self.parked
            .values()
            .any(|row| row.consumer == consumer && row.key == key)
    }

    pub(super) fn apply(&mut self, write: Write, now: Instant) {
        match write {
            Write::Handled { consumer, message_id } => {
                self.handled.entry((consumer, message_id)).or_insert(now);
            }
            Write::Parked(row) => {
                let is_there = self.parked.values().any(|other| {
                    other.consumer == row.consumer && other.content.message_id == row.content.message_id
                });
                if !is_there {
                    self.written += 1;
                    self.parked.insert(self.written, *row);
                }
            }
            Write::Unparked(id) => {
                self.parked.remove(&id);
            }
        }
    }

    /// The first parked row of every key that is due and free.
    pub(super) fn due(&self, consumer: &str, now: Instant) -> Vec<i64> {
        let mut keys = HashSet::new();
        let mut due: Vec<(Instant, i64)> = Vec::new();
        for (id, row) in self.parked.iter().filter(|(_, row)| row.consumer == consumer) {
            let is_first = keys.insert(&row.key);
            let is_locked = self.locked.contains(&(row.consumer.clone(), row.key.clone()));
            let is_free = row.not_before <= now && row.lease_until.is_none_or(|until| until <= now);
            if is_first && is_free && !is_locked {
                due.push((row.not_before, *id));
            }
        }
        due.sort();
        due.into_iter().map(|(_, id)| id).collect()
    }
}
