use super::{Action, consumers, producer};
use crate::catalogue::EventType;
use serde_json::{Map, Value, json};

pub(super) fn channel(event: &EventType, id: &str) -> Value {
    json!({
        "address": event.routing_key,
        "title": format!("{} {}", event.name, event.version),
        "description": format!(
            "RabbitMQ: the routing key `{}` at the exchange `{}`. Kafka: the topic `{}`.",
            event.routing_key, event.exchange, event.topic
        ),
        "messages": { id: { "$ref": format!("#/components/messages/{id}") } },
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {
                    "name": event.exchange,
                    "type": "topic",
                    "durable": true,
                    "autoDelete": false,
                },
                "bindingVersion": "0.3.0",
            },
            "kafka": { "topic": event.topic, "bindingVersion": "0.5.0" },
        },
        "x-producer": producer(event),
        "x-consumers": consumers(event),
    })
}

pub(super) fn operation(event: &EventType, id: &str, action: Action) -> Value {
    let (title, description) = match action {
        Action::Send => ("Publish", "Published after the change is committed"),
        Action::Receive => ("Consume", "Consumed at least once"),
    };
    json!({
        "action": action.verb(),
        "title": format!("{title} {}", event.name),
        "description": format!("{description}; in order for each value of `{}`.", event.key),
        "channel": { "$ref": format!("#/channels/{id}") },
        "messages": [{ "$ref": format!("#/channels/{id}/messages/{id}") }],
        "traits": [{ "$ref": format!("#/components/operationTraits/{}", action.verb()) }],
    })
}

/// What operations of one kind have in common, for those that there are.
pub(super) fn traits(actions: impl Iterator<Item = Action>) -> Map<String, Value> {
    let traits = actions.map(|action| {
        let binding = match action {
            Action::Send => json!({ "deliveryMode": 2, "mandatory": true, "bindingVersion": "0.3.0" }),
            Action::Receive => json!({ "ack": true, "bindingVersion": "0.3.0" }),
        };
        (
            action.verb().to_owned(),
            json!({ "bindings": { "amqp": binding } }),
        )
    });
    traits.collect()
}
