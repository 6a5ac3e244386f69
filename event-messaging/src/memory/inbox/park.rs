use crate::ParkedContent;
use crate::clock::Instant;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The parked rows, found by their number, their key and their message.
#[derive(Default)]
pub(super) struct Park {
    /// In the order of arrival.
    rows: BTreeMap<i64, Row>,
    /// By consumer and key; none is empty.
    keys: BTreeMap<(String, String), BTreeSet<i64>>,
    /// By consumer and message.
    messages: BTreeMap<(String, String), i64>,
    written: i64,
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

impl Row {
    /// Its consumer and its key.
    pub(super) fn owner(&self) -> (String, String) {
        (self.consumer.clone(), self.key.clone())
    }
}

impl Park {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn row(&self, id: i64) -> Option<&Row> {
        self.rows.get(&id)
    }

    pub(super) fn row_mut(&mut self, id: i64) -> Option<&mut Row> {
        self.rows.get_mut(&id)
    }

    pub(super) fn is_parked(&self, consumer: &str, key: &str) -> bool {
        !self.keys.is_empty() && self.keys.contains_key(&(consumer.to_owned(), key.to_owned()))
    }

    /// All rows of a consumer, in the order of arrival.
    pub(super) fn of(&self, consumer: &str) -> impl Iterator<Item = &Row> {
        self.rows.values().filter(move |row| row.consumer == consumer)
    }

    /// The first row of each key.
    pub(super) fn heads(&self, consumer: &str) -> impl Iterator<Item = (i64, &Row)> {
        let keys = self.keys.range((consumer.to_owned(), String::new())..);
        keys.take_while(move |((of, _), _)| of == consumer)
            .filter_map(|(_, ids)| ids.first())
            .filter_map(|id| Some((*id, self.rows.get(id)?)))
    }

    /// Puts a row behind those of its key. One that is there already keeps its place, and becomes the new one if that
    /// was redriven.
    pub(super) fn put(&mut self, mut row: Row, is_redriven: bool) {
        let message = (row.consumer.clone(), row.content.message_id.to_string());
        match self.messages.entry(message) {
            Entry::Vacant(entry) => {
                self.written += 1;
                entry.insert(self.written);
                self.keys.entry(row.owner()).or_default().insert(self.written);
                self.rows.insert(self.written, row);
            }
            Entry::Occupied(entry) => {
                let there = self.rows.get_mut(entry.get()).filter(|_| is_redriven);
                if let Some(there) = there {
                    row.fence = there.fence + 1;
                    row.key.clone_from(&there.key);
                    *there = row;
                }
            }
        }
    }

    pub(super) fn take(&mut self, id: i64) {
        let Some(row) = self.rows.remove(&id) else {
            return;
        };
        if let Entry::Occupied(mut ids) = self.keys.entry(row.owner()) {
            ids.get_mut().remove(&id);
            if ids.get().is_empty() {
                ids.remove();
            }
        }
        let message_id = row.content.message_id.to_string();
        self.messages.remove(&(row.consumer, message_id));
    }
}
