use crate::records::Records;
use serde_json::json;
use std::collections::{HashMap, HashSet};

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

    pub(crate) fn is_clean(&self) -> bool {
        // As many effects as events: none came from nowhere.
        (self.lost, self.doubled, self.out_of_order) == (0, 0, 0) && self.sent == self.effects
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
