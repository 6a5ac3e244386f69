//! Logs that were tampered with, each in one way.

use super::Verdict;
use crate::records::{self, Effect, Event, Kill, Records};
use std::fs;
use std::path::{Path, PathBuf};

/// The logs of a run of two keys, five events each, with a kill; removed afterwards.
struct Logs(PathBuf);

impl Logs {
    fn of(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("soak-{name}-{}", std::process::id()));
        records::write(&folder, &run(5)).expect("the folder of temporary files can be written");
        Self(folder)
    }

    /// Rewrites the lines of a log.
    fn damage(&self, file: &str, change: impl FnOnce(&mut Vec<String>)) {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).expect("it was written");
        let mut lines = text.lines().map(str::to_owned).collect();
        change(&mut lines);
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(&path, text).expect("it was written before");
    }

    fn verdict(&self) -> Verdict {
        Verdict::of(&records::read(&self.0).expect("the logs can be read"))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Logs {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run(events: u64) -> Records {
    let mut records = Records {
        kills: vec![Kill {
            process: "relay-1".to_owned(),
            at_ms: 1,
        }],
        duplicates: 3,
        ..Records::default()
    };
    for sequence in 1..=events {
        for key in ["a", "b"] {
            let event = Event {
                key: key.to_owned(),
                sequence,
                message_id: format!("{key}#{sequence}"),
                process: "writer-1".to_owned(),
            };
            records.sent.push(event.clone());
            records.effects.push(Effect {
                event,
                at_ms: 10 * sequence,
            });
        }
    }
    records
}

#[test]
fn logs_that_were_not_touched_say_what_the_run_said() {
    let logs = Logs::of("whole");
    let verdict = logs.verdict();
    assert_eq!(verdict, Verdict::of(&run(5)));
    assert_eq!(verdict.problems(), [""; 0]);
    assert_eq!((verdict.sent, verdict.duplicates_absorbed), (10, 3));
}

#[test]
fn a_lost_effect_is_found() {
    let logs = Logs::of("lost");
    logs.damage("effects.ndjson", |lines| drop(lines.pop()));
    let verdict = logs.verdict();
    assert_eq!((verdict.lost, verdict.doubled, verdict.out_of_order), (1, 0, 0));
    assert!(!verdict.problems().is_empty());
}

#[test]
fn a_doubled_effect_is_found() {
    let logs = Logs::of("doubled");
    logs.damage("effects.ndjson", |lines| lines.push(lines[3].clone()));
    let verdict = logs.verdict();
    assert_eq!((verdict.lost, verdict.doubled, verdict.out_of_order), (0, 1, 0));
    assert!(!verdict.problems().is_empty());
}

#[test]
fn two_effects_of_one_key_in_the_wrong_order_are_found() {
    let logs = Logs::of("swapped");
    logs.damage("effects.ndjson", |lines| lines.swap(4, 6));
    let verdict = logs.verdict();
    assert_eq!((verdict.lost, verdict.doubled), (0, 0));
    assert!(verdict.out_of_order > 0);
    assert_eq!(verdict.problems().len(), 1);
}

#[test]
fn an_effect_from_nowhere_is_found() {
    let logs = Logs::of("invented");
    logs.damage("sent.ndjson", |lines| drop(lines.pop()));
    let verdict = logs.verdict();
    assert_eq!((verdict.lost, verdict.doubled, verdict.out_of_order), (0, 0, 0));
    assert_eq!(verdict.problems(), ["9 events have 10 effects"]);
}

#[test]
fn empty_logs_are_not_clean_and_missing_or_broken_ones_are_an_error() {
    let logs = Logs::of("empty");
    logs.damage("sent.ndjson", Vec::clear);
    logs.damage("effects.ndjson", Vec::clear);
    assert_eq!(logs.verdict().problems(), ["nothing was sent"]);
    logs.damage("sent.ndjson", |lines| lines.push("{\"key\": \"a\"".to_owned()));
    assert!(records::read(logs.path()).is_err());
    fs::remove_file(logs.path().join("sent.ndjson")).expect("it is there");
    assert!(records::read(logs.path()).is_err());
}

#[test]
fn a_long_run_without_a_kill_is_not_clean_and_one_with_few_is_remarked() {
    let mut records = run(5_000);
    records.kills.clear();
    let verdict = Verdict::of(&records);
    assert_eq!(verdict.problems(), ["nobody was killed in 10000 events"]);
    let verdict = Verdict::of(&run(5_000));
    assert_eq!((verdict.problems().len(), verdict.remark()), (0, None));
    let verdict = Verdict::of(&run(50_000));
    assert_eq!(verdict.problems(), [""; 0]);
    let remark = verdict.remark().expect("one kill is not enough");
    assert!(remark.starts_with("only 1 of the 20 kills"), "{remark}");
}
