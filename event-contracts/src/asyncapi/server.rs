//! The brokers, whose addresses are a deployment's own.

use serde_json::{Value, json};

pub(super) fn servers() -> Value {
    json!({
        "rabbitmq": {
            "host": "{host}:5671",
            "protocol": "amqps",
            "protocolVersion": "0.9.1",
            "description": "RabbitMQ, the primary broker. Durable topic exchanges; publisher confirms and the mandatory flag are used.",
            "variables": { "host": { "default": "rabbitmq", "description": "Where the broker is." } },
            "security": [{ "$ref": "#/components/securitySchemes/user" }],
        },
        "kafka": {
            "host": "{host}:9094",
            "protocol": "kafka-secure",
            "description": "Kafka, for high throughput. The record's key is the envelope's `partitionKey`, the body is the same.",
            "variables": { "host": { "default": "kafka", "description": "Where the brokers are." } },
            "security": [{ "$ref": "#/components/securitySchemes/scram" }],
        },
    })
}

pub(super) fn security() -> Value {
    json!({
        "user": {
            "type": "userPassword",
            "description": "A user of its own for each service; it may write to its own exchange and read its own queues.",
        },
        "scram": {
            "type": "scramSha512",
            "description": "A user of its own for each service.",
        },
    })
}
