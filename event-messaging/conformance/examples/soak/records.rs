//! What is written down of a run, as lines of JSON.

use crate::Failure;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// An event that was committed by a writer, or that had its effect.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) key: String,
    pub(crate) sequence: u64,
    pub(crate) message_id: String,
    pub(crate) process: String,
}

pub(crate) struct Effect {
    pub(crate) event: Event,
    pub(crate) at_ms: u64,
}

pub(crate) struct Kill {
    pub(crate) process: String,
    pub(crate) at_ms: u64,
}

/// A run: events in the order of their commits, effects in the order of theirs.
#[derive(Default)]
pub(crate) struct Records {
    pub(crate) sent: Vec<Event>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) kills: Vec<Kill>,
    /// As the consumers counted them until shortly before they died.
    pub(crate) duplicates: u64,
}

pub(crate) fn write(folder: &Path, records: &Records) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    lines(&folder.join("sent.ndjson"), records.sent.iter().map(event))?;
    let effects = records.effects.iter().map(|effect| {
        let mut value = event(&effect.event);
        value["at_ms"] = effect.at_ms.into();
        value
    });
    lines(&folder.join("effects.ndjson"), effects)?;
    let kills = records
        .kills
        .iter()
        .map(|kill| json!({"process": kill.process, "at_ms": kill.at_ms}));
    lines(&folder.join("kills.ndjson"), kills)?;
    let duplicates = json!({"duplicates_absorbed": records.duplicates});
    lines(&folder.join("consumers.ndjson"), [duplicates].into_iter())
}

pub(crate) fn read(folder: &Path) -> Result<Records, Failure> {
    let mut records = Records::default();
    for value in values(&folder.join("sent.ndjson"))? {
        records.sent.push(to_event(&value)?);
    }
    for value in values(&folder.join("effects.ndjson"))? {
        let at_ms = number(&value, "at_ms")?;
        records.effects.push(Effect {
            event: to_event(&value)?,
            at_ms,
        });
    }
    for value in values(&folder.join("kills.ndjson"))? {
        records.kills.push(Kill {
            process: text(&value, "process")?,
            at_ms: number(&value, "at_ms")?,
        });
    }
    for value in values(&folder.join("consumers.ndjson"))? {
        records.duplicates += number(&value, "duplicates_absorbed")?;
    }
    Ok(records)
}

fn event(event: &Event) -> Value {
    json!({
        "key": event.key,
        "sequence": event.sequence,
        "message_id": event.message_id,
        "process": event.process,
    })
}

fn to_event(value: &Value) -> Result<Event, Failure> {
    Ok(Event {
        key: text(value, "key")?,
        sequence: number(value, "sequence")?,
        message_id: text(value, "message_id")?,
        process: text(value, "process")?,
    })
}

fn text(value: &Value, name: &str) -> Result<String, Failure> {
    let text = value[name].as_str();
    text.map(str::to_owned)
        .ok_or_else(|| format!("a line has no `{name}`").into())
}

fn number(value: &Value, name: &str) -> Result<u64, Failure> {
    value[name]
        .as_u64()
        .ok_or_else(|| format!("a line has no `{name}`").into())
}

fn lines(path: &Path, values: impl Iterator<Item = Value>) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create(path)?);
    for value in values {
        writeln!(file, "{value}")?;
    }
    Ok(file.flush()?)
}

fn values(path: &Path) -> Result<Vec<Value>, Failure> {
    let file = File::open(path).map_err(|cause| format!("{}: {cause}", path.display()))?;
    let mut values = Vec::new();
    for line in BufReader::new(file).lines() {
        values.push(serde_json::from_str(&line?)?);
    }
    Ok(values)
}
