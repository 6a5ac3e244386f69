use crate::records::Records;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// From so many events on, a run without a kill shows nothing.
const LONG: usize = 10_000;

/// From so many events on, `MANY` kills are to be expected.
const LONGEST: usize = 100_000;
const MANY: usize = 20;

/// What the records of a run come to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    sent: usize,
    effects: usize,
    duplicates_absorbed: u64,
    lost: usize,
    doubled: usize,
    out_of_order: usize,
    kills: usize,
    largest_gap_ms: u64,
}

impl Verdict {
    pub(crate) fn of(records: &Records) -> Self {
        let mut done = HashSet::new();
        let mut last: HashMap<&str, u64> = HashMap::new();
        let (mut doubled, mut out_of_order) = (0, 0);
        for effect in &records.effects {
            let event = &effect.event;
            if !done.insert((&*event.key, event.sequence, &*event.message_id)) {
                doubled += 1;
                continue;
            }
            // The next one exactly: a hole that is filled later shows here twice, and one that is not is lost.
            let last = last.entry(&event.key).or_insert(0);
            if event.sequence != *last + 1 {
                out_of_order += 1;
            }
            *last = event.sequence.max(*last);
        }
        let is_lost = |event: &&crate::records::Event| {
            !done.contains(&(&*event.key, event.sequence, &*event.message_id))
        };
        let gaps = records.effects.windows(2);
        let gaps = gaps.map(|pair| pair[1].at_ms.saturating_sub(pair[0].at_ms));
        Self {
            sent: records.sent.len(),
            effects: records.effects.len(),
            duplicates_absorbed: records.duplicates,
            lost: records.sent.iter().filter(is_lost).count(),
            doubled,
            out_of_order,
            kills: records.kills.len(),
            largest_gap_ms: gaps.max().unwrap_or(0),
        }
    }

    /// What is wrong; nothing, when every event had its effect once, in the order of its key, and the run was one that
    /// could have shown the opposite.
    pub(crate) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut unless = |is_right: bool, problem: String| {
            if !is_right {
                problems.push(problem);
            }
        };
        unless(self.sent > 0, "nothing was sent".to_owned());
        unless(
            self.lost == 0,
            format!("{} events are without an effect", self.lost),
        );
        unless(self.doubled == 0, format!("{} effects are doubled", self.doubled));
        unless(
            self.out_of_order == 0,
            format!("{} effects are out of order", self.out_of_order),
        );
        // As many effects as events, each event with one: none came from nowhere.
        unless(
            self.sent == self.effects,
            format!("{} events have {} effects", self.sent, self.effects),
        );
        unless(
            self.kills > 0 || self.sent < LONG,
            format!("nobody was killed in {} events", self.sent),
        );
        problems
    }

    /// What weakens a clean verdict.
    pub(crate) fn remark(&self) -> Option<String> {
        (self.sent >= LONGEST && self.kills < MANY).then(|| {
            format!(
                "only {} of the {MANY} kills or more that {} events leave time for",
                self.kills, self.sent
            )
        })
    }

    pub(crate) fn text(&self, is_json: bool) -> String {
        let figures = [
            ("sent", self.sent as u64),
            ("effects", self.effects as u64),
            ("duplicates_absorbed", self.duplicates_absorbed),
            ("lost", self.lost as u64),
            ("doubled", self.doubled as u64),
            ("out_of_order", self.out_of_order as u64),
            ("kills", self.kills as u64),
            ("largest_gap_ms", self.largest_gap_ms),
        ];
        if is_json {
            let mut object = json!({});
            for (name, figure) in figures {
                object[name] = figure.into();
            }
            return object.to_string();
        }
        let lines = figures.map(|(name, figure)| format!("{name:<20} {figure:>9}"));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests;
