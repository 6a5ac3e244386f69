//! What an event must be read as, said without the code that writes it.

use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// The golden fixtures that are canonical envelopes, with their names.
pub(super) fn fixtures() -> Result<Vec<(String, Value)>, String> {
    let mut found = Vec::new();
    collect(Path::new("event-contracts/tests/fixtures"), &mut found)?;
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    if found.is_empty() {
        return Err("there are no fixtures of events".to_owned());
    }
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<(String, Value)>) -> Result<(), String> {
    let failed = |cause: &dyn std::fmt::Display| format!("{}: {cause}", folder.display());
    for entry in fs::read_dir(folder).map_err(|cause| failed(&cause))? {
        let path = entry.map_err(|cause| failed(&cause))?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            let text = fs::read(&path).map_err(|cause| failed(&cause))?;
            let envelope: Value = serde_json::from_slice(&text).map_err(|cause| failed(&cause))?;
            if envelope["messageVersion"].is_string() {
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                found.push((name.into_owned(), envelope));
            }
        }
    }
    Ok(())
}

/// The envelope as it is read. A key that it does not state is taken from its payload, by rules that are tested where
/// they are; here it must be a value of the payload.
pub(super) fn with_key(envelope: &Value, key: &Value) -> Value {
    let mut envelope = envelope.clone();
    let is_in_payload = |payload: &Map<String, Value>| payload.values().any(|value| value == key);
    if envelope["partitionKey"].is_null() && envelope["payload"].as_object().is_some_and(is_in_payload) {
        envelope["partitionKey"] = key.clone();
    }
    envelope
}

/// The attributes and the data of `envelope` in one of our formats.
pub(super) fn expected(envelope: &Value, format: &str) -> Result<Value, String> {
    let text = |name: &str| {
        envelope[name]
            .as_str()
            .ok_or_else(|| format!("a fixture has no {name}"))
    };
    let (name, version) = (text("messageType")?, text("messageVersion")?);
    let major = version.split('.').next().unwrap_or(version);
    let (schema, data) = match format {
        "canonical" => ("StandardMessage:1.0".to_owned(), envelope),
        _ => (format!("{name}:{version}"), &envelope["payload"]),
    };
    let sequence = envelope["sequence"].as_u64();
    let attributes = [
        ("specversion", json!("1.0")),
        ("id", envelope["messageId"].clone()),
        ("source", envelope["source"].clone()),
        ("type", json!(format!("{name}.v{major}"))),
        ("time", envelope["timestamp"].clone()),
        ("subject", envelope["partitionKey"].clone()),
        ("datacontenttype", json!("application/json")),
        (
            "dataschema",
            json!(format!("urn:event-contracts:schema:{schema}")),
        ),
        ("correlationid", envelope["correlationId"].clone()),
        ("causationid", envelope["causationId"].clone()),
        ("partitionkey", envelope["partitionKey"].clone()),
        (
            "sequence",
            json!(sequence.map(|sequence| format!("{sequence:020}"))),
        ),
    ];
    let given = attributes.into_iter().filter(|(_, value)| !value.is_null());
    let attributes: Map<String, Value> = given.map(|(name, value)| (name.to_owned(), value)).collect();
    Ok(json!({"attributes": attributes, "data": data}))
}

/// What our side must say of an event of the list. Headers know nothing but text.
pub(super) fn as_read(event: &Value, mode: &str) -> Value {
    let mut attributes = event["attributes"].clone();
    for value in attributes.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if mode == "binary" && value.is_number() {
            *value = json!(value.to_string());
        }
    }
    let data = ["json", "text", "bytes"]
        .into_iter()
        .find(|kind| !event[*kind].is_null());
    json!({"attributes": attributes, "data": data.map(|kind| json!({kind: event[kind].clone()}))})
}
