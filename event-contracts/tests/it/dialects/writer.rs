//! Writes an envelope in any dialect, with the fields that the dialect has.

use event_contracts::{Dialect, Metadata, Version};
use serde::Serialize;

/// An event as it is to be written.
pub(super) struct Facts<'a> {
    pub(super) message_type: &'a str,
    pub(super) metadata: &'a Metadata,
    /// The event's own key.
    pub(super) key: &'a str,
    /// As JSON.
    pub(super) payload: &'a str,
}

pub(super) fn write(dialect: Dialect, facts: &Facts<'_>) -> String {
    let Facts {
        message_type,
        metadata,
        key,
        payload,
    } = facts;
    let Version { major, minor } = metadata.version;
    let correlation = json(&metadata.correlation_id);
    let members: Vec<(&str, String)> = match dialect {
        Dialect::Canonical => vec![
            ("messageId", json(&metadata.message_id)),
            ("messageType", json(message_type)),
            ("messageVersion", json(&metadata.version)),
            ("timestamp", json(&metadata.timestamp)),
            ("source", json(&metadata.source)),
            ("correlationId", correlation),
            ("causationId", json(&metadata.causation_id)),
            ("partitionKey", json(&metadata.partition_key)),
            ("sequence", json(&metadata.sequence)),
            ("payload", (*payload).to_owned()),
        ],
        Dialect::SharedLibrary => vec![
            ("messageId", json(&metadata.message_id)),
            ("messageType", json(&format!("{message_type}Event.v{major}"))),
            ("envelopeVersion", json("1.0")),
            ("timestamp", json(&metadata.timestamp)),
            ("sourceService", json(&metadata.source)),
            ("correlationId", correlation),
            ("payload", (*payload).to_owned()),
        ],
        Dialect::InventorySchemas => vec![
            ("messageId", json(&metadata.message_id)),
            ("messageType", json(message_type)),
            ("version", json(&metadata.version)),
            ("timestamp", json(&metadata.timestamp)),
            ("source", json(&metadata.source)),
            ("correlationId", correlation),
            ("payload", (*payload).to_owned()),
        ],
        Dialect::IntegrationGuide => vec![
            ("eventId", json(&metadata.message_id)),
            ("eventType", json(message_type)),
            ("eventVersion", json(&format!("{major}.{minor}.0"))),
            ("aggregateId", json(key)),
            ("aggregateType", json("Product")),
            ("timestamp", json(&metadata.timestamp)),
            (
                "metadata",
                object(&[("source", json(&metadata.source)), ("correlationId", correlation)]),
            ),
            ("payload", (*payload).to_owned()),
        ],
        Dialect::Search => vec![
            ("eventId", json(&metadata.message_id)),
            ("eventType", json(message_type)),
            ("version", json(&metadata.version)),
            ("timestamp", json(&metadata.timestamp)),
            ("source", json(&metadata.source)),
            ("data", (*payload).to_owned()),
        ],
        Dialect::QualityStandard => vec![
            ("id", json(&metadata.message_id)),
            ("type", json(&dotted(message_type))),
            ("dataVersion", json(&metadata.version)),
            ("timestamp", json(&metadata.timestamp)),
            ("source", json(&metadata.source)),
            ("correlationId", correlation),
            ("data", (*payload).to_owned()),
        ],
        Dialect::CloudEvents => vec![
            ("specversion", json("1.0")),
            ("id", json(&metadata.message_id)),
            ("type", json(&format!("{message_type}.v{major}"))),
            (
                "dataschema",
                json(&format!(
                    "https://schemas.example/{message_type}/{major}.{minor}.json"
                )),
            ),
            ("time", json(&metadata.timestamp)),
            ("source", json(&metadata.source)),
            ("correlationid", correlation),
            ("causationid", json(&metadata.causation_id)),
            ("partitionkey", json(&metadata.partition_key)),
            (
                "sequence",
                json(&metadata.sequence.map(|number| number.to_string())),
            ),
            ("data", (*payload).to_owned()),
        ],
        _ => panic!("{dialect} has no writer"),
    };
    object(&members)
}

/// `ProductPriceChanged` is `product.price_changed`.
fn dotted(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push(if words.contains('.') { '_' } else { '.' });
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

fn object(members: &[(&str, String)]) -> String {
    let members: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("{}:{value}", json(name)))
        .collect();
    format!("{{{}}}", members.join(","))
}

fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}
