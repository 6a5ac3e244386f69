use crate::catalogue::EventType;
use serde_json::{Value, json};

/// The message of one event: the canonical envelope, narrowed to its type and payload.
pub(super) fn message<'a>(
    event: &EventType,
    id: &str,
    about: &str,
    payload: &Value,
    examples: impl Iterator<Item = &'a Value>,
) -> Value {
    let examples: Vec<Value> = examples
        .enumerate()
        .map(|(at, message)| json!({ "name": format!("{id}-{}", at + 1), "payload": message }))
        .collect();
    let mut message = json!({
        "name": event.name,
        "title": title(event.name),
        "summary": about.split("\n\n").next().unwrap_or_default(),
        "description": about,
        "tags": [{ "$ref": format!("#/components/tags/{}", event.aggregate) }],
        "traits": [{ "$ref": "#/components/messageTraits/StandardMessage" }],
        "payload": {
            "allOf": [
                { "$ref": "#/components/schemas/StandardMessage" },
                {
                    "type": "object",
                    "properties": {
                        "messageType": { "type": "string", "const": event.name },
                        "messageVersion": {
                            "type": "string",
                            "pattern": format!(r"^{}\.[0-9]+$", event.version.major),
                        },
                        "payload": payload,
                    },
                },
            ],
        },
        "bindings": {
            "amqp": {
                "contentEncoding": "utf-8",
                "messageType": event.name,
                "bindingVersion": "0.3.0",
            },
            "kafka": {
                "key": {
                    "type": "string",
                    "description": format!("The envelope's `partitionKey`, which is the payload's `{}`.", event.key),
                },
                "bindingVersion": "0.5.0",
            },
        },
        "x-version": event.version,
        "x-key": event.key,
    });
    if !event.aliases.is_empty() {
        message["x-aliases"] = json!(event.aliases);
    }
    if !examples.is_empty() {
        message["examples"] = json!(examples);
    }
    message
}

/// What all messages have in common.
pub(super) fn common() -> Value {
    json!({
        "contentType": "application/json",
        "correlationId": {
            "description": "Carried from the request that caused the message.",
            "location": "$message.payload#/correlationId",
        },
        "headers": {
            "type": "object",
            "description": "Besides the properties of the protocol, and none of them required.",
            "properties": {
                "traceparent": {
                    "type": "string",
                    "description": "The trace that the message belongs to (W3C Trace Context).",
                    "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
                    "examples": ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
                },
                "tracestate": {
                    "type": "string",
                    "description": "What tracing systems keep beside it (W3C Trace Context).",
                },
            },
            "patternProperties": {
                "^ce[-_][a-z0-9]+$": {
                    "type": "string",
                    "description": "The envelope as attributes of CloudEvents 1.0: `ce-id` and so on in AMQP, \
                                    `ce_id` and so on in Kafka.",
                },
            },
        },
    })
}

/// `ProductCreated` becomes `Product created`.
fn title(name: &str) -> String {
    let mut title = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !title.is_empty() {
            title.push(' ');
            title.push(letter.to_ascii_lowercase());
        } else {
            title.push(letter);
        }
    }
    title
}
