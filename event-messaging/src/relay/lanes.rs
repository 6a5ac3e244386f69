use crate::Claimed;
use std::collections::{HashMap, VecDeque};

/// Claimed rows by key, each key's in order, keys in the order of their first row.
pub(super) struct Lanes(Vec<VecDeque<Claimed>>);

impl Lanes {
    pub(super) fn new(claimed: Vec<Claimed>) -> Self {
        let mut lanes: Vec<VecDeque<Claimed>> = Vec::new();
        let mut by_key: HashMap<String, usize> = HashMap::new();
        for row in claimed {
            if let Some(lane) = by_key.get(&row.message.key) {
                lanes[*lane].push_back(row);
            } else {
                by_key.insert(row.message.key.clone(), lanes.len());
                lanes.push(VecDeque::from([row]));
            }
        }
        Self(lanes)
    }

    /// Takes the first row of every lane, each with its lane's number. Empty when all is done.
    pub(super) fn next_wave(&mut self) -> Vec<(usize, Claimed)> {
        let fronts = self.0.iter_mut().enumerate();
        fronts
            .filter_map(|(lane, rows)| Some((lane, rows.pop_front()?)))
            .collect()
    }

    /// Takes what is left of a lane.
    pub(super) fn rest_of(&mut self, lane: usize) -> VecDeque<Claimed> {
        std::mem::take(&mut self.0[lane])
    }

    /// Takes what is left of all lanes.
    pub(super) fn rest(&mut self) -> impl Iterator<Item = Claimed> {
        std::mem::take(&mut self.0).into_iter().flatten()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(VecDeque::is_empty)
    }
}
