use super::step::Term;
use crate::Claimed;
use crate::clock::Instant;
use std::collections::{HashMap, VecDeque};

/// The rows that a relay holds, by key: each key's in order, keys in the order in which they came.
#[derive(Default)]
pub(super) struct Lanes(Vec<Lane>);

struct Lane {
    key: String,
    rows: VecDeque<Claimed>,
    term: Term,
    /// Whether more of the key may be waiting in the store already.
    has_more: bool,
}

impl Lanes {
    /// Takes up the rows of one claim, which ends with `term`. `is_full`: the claim may have left some behind.
    ///
    /// The store never gives a key out twice, unless its clock jumps ahead and ends a lease early. The rows of the old
    /// claim are fenced off then, and the new ones have all of them once more.
    pub(super) fn add(&mut self, claimed: Vec<Claimed>, term: Term, is_full: bool) {
        let lanes = self.0.iter().enumerate();
        let mut by_key: HashMap<String, usize> =
            lanes.map(|(number, lane)| (lane.key.clone(), number)).collect();
        let old = by_key.len();
        for row in claimed {
            if let Some(number) = by_key.get(&row.message.key) {
                let lane = &mut self.0[*number];
                if *number < old && lane.term != term {
                    lane.rows.clear();
                    lane.term = term;
                }
                lane.has_more |= is_full;
                lane.rows.push_back(row);
            } else {
                by_key.insert(row.message.key.clone(), self.0.len());
                self.0.push(Lane {
                    key: row.message.key.clone(),
                    rows: VecDeque::from([row]),
                    term,
                    has_more: is_full,
                });
            }
        }
    }

    /// Takes the first row of every lane in which something may begin, each with its lane's number, which is good until
    /// the next [`close`](Self::close).
    pub(super) fn next_wave(&mut self, now: Instant) -> Vec<(usize, Claimed)> {
        let lanes = self.0.iter_mut().enumerate();
        lanes
            .filter(|(_, lane)| now <= lane.term.last_start)
            .filter_map(|(number, lane)| Some((number, lane.rows.pop_front()?)))
            .collect()
    }

    pub(super) fn term_of(&self, lane: usize) -> Term {
        self.0[lane].term
    }

    /// Takes what is left of a lane.
    pub(super) fn rest_of(&mut self, lane: usize) -> VecDeque<Claimed> {
        std::mem::take(&mut self.0[lane].rows)
    }

    /// Takes what is left of the lanes in which nothing may begin any more.
    pub(super) fn expired(&mut self, now: Instant) -> Vec<(Term, Claimed)> {
        let expired = self.0.iter_mut().filter(|lane| now > lane.term.last_start);
        expired
            .flat_map(|lane| {
                std::mem::take(&mut lane.rows)
                    .into_iter()
                    .map(|row| (lane.term, row))
            })
            .collect()
    }

    /// Takes what is left of all lanes.
    pub(super) fn rest(&mut self) -> impl Iterator<Item = (Term, Claimed)> {
        let lanes = std::mem::take(&mut self.0).into_iter();
        lanes.flat_map(|lane| lane.rows.into_iter().map(move |row| (lane.term, row)))
    }

    /// Takes the ends of the longest lanes when there are more than `limit` rows: every lane keeps its share.
    pub(super) fn surplus(&mut self, limit: usize) -> Vec<(Term, Claimed)> {
        let rows: usize = self.0.iter().map(|lane| lane.rows.len()).sum();
        if rows <= limit {
            return Vec::new();
        }
        let share = (limit / self.0.len()).max(1);
        let mut surplus = Vec::new();
        for lane in self.0.iter_mut().filter(|lane| lane.rows.len() > share) {
            lane.has_more = true;
            surplus.extend(lane.rows.drain(share..).map(|row| (lane.term, row)));
        }
        surplus
    }

    /// Forgets the lanes that are done, and says whether there may be more of their keys.
    pub(super) fn close(&mut self) -> bool {
        let mut has_more = false;
        self.0.retain(|lane| {
            let is_done = lane.rows.is_empty();
            has_more |= is_done && lane.has_more;
            !is_done
        });
        has_more
    }

    /// How many have a row for the next wave.
    pub(super) fn waiting(&self) -> usize {
        self.0.iter().filter(|lane| !lane.rows.is_empty()).count()
    }

    /// Whether no key is held, be it on its way.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
