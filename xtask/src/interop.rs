//! `cargo xtask interop`: our CloudEvents, read by other SDKs, and theirs, read by us.

mod expected;
mod side;

use crate::generate::enter_workspace;
use crate::step::Outcome;
use clap::Args;
use expected::{as_read, expected, fixtures, with_key};
use serde_json::{Value, json};
use side::{Side, Sides};
use std::fs;

/// Exchange CloudEvents with the SDKs of npm and PyPI: every fixture in every form, odd events of theirs, and invalid
/// ones, of which we must let none pass.
#[derive(Args)]
pub(crate) struct Interop;

const FORMATS: [&str; 3] = ["canonical", "cloudevents-structured", "cloudevents-binary"];
const BINDINGS: [&str; 3] = ["amqp", "kafka", "http"];
const MODES: [&str; 2] = ["structured", "binary"];

impl Interop {
    pub(crate) fn run(self) -> Outcome {
        enter_workspace()?;
        let sides = Sides::ready()?;
        let mut wrong = Vec::new();
        ours_read_by_others(&sides, &mut wrong)?;
        for sdk in sides.others() {
            theirs_read_by_us(sdk, &sides.ours, &mut wrong)?;
        }
        invalid_events(&sides, &mut wrong)?;
        for finding in &wrong {
            println!("{finding}");
        }
        match wrong.len() {
            0 => Ok(()),
            count => Err(format!(
                "{count} events were not read as they were written, or not refused"
            )),
        }
    }
}

/// Every golden fixture in every format for every binding, and the official schema for what is structured.
fn ours_read_by_others(sides: &Sides, wrong: &mut Vec<String>) -> Outcome {
    let (mut writing, mut expectations) = (Vec::new(), Vec::new());
    let fixtures = fixtures()?;
    let canonical =
        |(_, envelope): &(String, Value)| json!({"write": envelope, "format": FORMATS[0], "binding": "amqp"});
    let bodies = sides
        .ours
        .ask(&fixtures.iter().map(canonical).collect::<Vec<_>>())?;
    for ((name, envelope), message) in fixtures.iter().zip(&bodies) {
        let as_read = with_key(envelope, &body_of(message)?["partitionKey"]);
        for format in FORMATS {
            for binding in BINDINGS {
                writing.push(json!({"write": envelope, "format": format, "binding": binding}));
                let about = format!("{name} as {format} for {binding}");
                expectations.push((about, format, binding, expected(&as_read, format)?));
            }
        }
    }
    let mut reading = Vec::new();
    let mut structured = Vec::new();
    let written = sides.ours.ask(&writing)?;
    for ((about, format, binding, expected), mut message) in expectations.iter().zip(written) {
        message["binding"] = json!(binding);
        message["key"] = expected["attributes"]["partitionkey"].clone();
        if *format == "cloudevents-structured" {
            structured.push((about, json!({"schema": body_of(&message)?})));
        }
        reading.push(json!({"read": message, "expected": expected}));
    }
    for sdk in sides.others() {
        let answers = sdk.ask(&reading)?;
        for ((about, ..), answer) in expectations.iter().zip(&answers) {
            complain(wrong, &format!("{about}, read by {}", sdk.name), answer);
        }
        println!(
            "{}: read {} messages of ours, of {} fixtures",
            sdk.name,
            answers.len(),
            fixtures.len()
        );
    }
    let (about, objects): (Vec<_>, Vec<_>) = structured.into_iter().unzip();
    let answers = sides.npm.ask(&objects)?;
    for (about, answer) in about.iter().zip(&answers) {
        complain(wrong, &format!("{about}, by the official schema"), answer);
    }
    println!(
        "official JSON Schema: {} structured events of ours",
        answers.len()
    );
    Ok(())
}

/// Odd events, written by `sdk` in both modes for every binding.
fn theirs_read_by_us(sdk: &Side, ours: &Side, wrong: &mut Vec<String>) -> Outcome {
    let events = list("xtask/interop/events.json")?;
    let (mut writing, mut about) = (Vec::new(), Vec::new());
    for event in &events {
        for mode in MODES {
            let is_meant = |modes: &Value| modes.as_array().is_none_or(|modes| modes.contains(&json!(mode)));
            for binding in BINDINGS.into_iter().filter(|_| is_meant(&event["modes"])) {
                writing.push(json!({"write": event, "binding": binding, "mode": mode}));
                about.push((
                    event,
                    mode,
                    format!("{} as {mode} for {binding}, by {}", event["about"], sdk.name),
                ));
            }
        }
    }
    let (mut reading, mut written) = (Vec::new(), Vec::new());
    for (case, message) in about.iter().zip(sdk.ask(&writing)?) {
        if message["wrong"].is_null() {
            reading.push(json!({"read": message}));
            written.push(case);
        }
        complain(wrong, &case.2, &message);
    }
    let answers = ours.ask(&reading)?;
    for ((event, mode, about), found) in written.into_iter().zip(&answers) {
        let wanted = as_read(event, mode);
        if *found != wanted {
            wrong.push(format!("{about}:\n  is     {found}\n  should be {wanted}"));
        }
    }
    println!(
        "{}: wrote {} messages, of {} events, read by us",
        sdk.name,
        answers.len(),
        events.len()
    );
    Ok(())
}

/// What the specification forbids: refused by us, whatever the others say.
fn invalid_events(sides: &Sides, wrong: &mut Vec<String>) -> Outcome {
    let events = list("xtask/interop/invalid.json")?;
    let mut messages = Vec::new();
    for event in &events {
        let is_structured = !event["body"].is_null();
        let kind = if is_structured {
            "application/cloudevents+json"
        } else {
            "application/json"
        };
        let body = if is_structured {
            event["body"].to_string()
        } else {
            "{}".to_owned()
        };
        let headers = event["headers"].as_object().cloned().unwrap_or_default();
        messages.push(json!({
            "binding": "http",
            "contentType": kind,
            "headers": headers.into_iter().collect::<Vec<_>>(),
            "body": to_hex(&body),
        }));
    }
    let reading: Vec<_> = messages.iter().map(|message| json!({"read": message})).collect();
    for (event, answer) in events.iter().zip(sides.ours.ask(&reading)?) {
        if answer["refused"].is_null() {
            wrong.push(format!("{}: we accept it", event["about"]));
        }
    }
    print!("invalid events: {} refused by us", events.len());
    let asking: Vec<_> = messages
        .iter()
        .map(|message| json!({"accepts": message}))
        .collect();
    for sdk in sides.others() {
        let accepted = sdk
            .ask(&asking)?
            .iter()
            .filter(|answer| answer["accepted"] == true)
            .count();
        print!("; {} accepts {accepted} of them", sdk.name);
    }
    println!();
    Ok(())
}

fn complain(wrong: &mut Vec<String>, about: &str, answer: &Value) {
    if let Some(reason) = answer["wrong"].as_str() {
        wrong.push(format!("{about}: {reason}"));
    }
}

fn list(file: &str) -> Result<Vec<Value>, String> {
    let text = fs::read(file).map_err(|cause| format!("can't read {file}: {cause}"))?;
    serde_json::from_slice(&text).map_err(|cause| format!("{file}: {cause}"))
}

fn body_of(message: &Value) -> Result<Value, String> {
    let digits = message["body"].as_str().unwrap_or_default();
    let pair = |at| {
        digits
            .get(at..at + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    let bytes: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(pair).collect();
    serde_json::from_slice(&bytes.unwrap_or_default()).map_err(|cause| format!("our own body: {cause}"))
}

fn to_hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}
