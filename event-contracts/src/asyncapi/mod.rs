//! An AsyncAPI 3.0 document of what a service sends and receives. Needs the feature `asyncapi`.
//!
//! Every event is a channel of its own, whose address is the routing key; which exchange and which Kafka topic carry
//! it is told by the bindings. Messages are the canonical envelope with the event's payload, as it is written; their
//! schemas are draft-07, which is what AsyncAPI's own schema format builds upon.
//!
//! ```
//! use event_contracts::asyncapi::Document;
//! use event_contracts::{product::ProductDeleted, schema::Contract};
//!
//! let document = Document::new("Catalogue events", "1.0.0")
//!     .sends(Contract::of::<ProductDeleted>())
//!     .to_json();
//! assert_eq!(document["channels"]["ProductDeletedV1"]["address"], "product.product.deleted.v1");
//! ```

mod channel;
mod message;
mod participants;
mod product_service;
mod schemas;
mod server;

pub use participants::{consumers, producer};
pub use product_service::product_service;

use crate::catalogue::EventType;
use crate::schema::Contract;
use schemas::Schemas;
use serde_json::{Map, Value, json};

/// A document in the making: what one service sends and receives.
#[derive(Clone, Debug)]
#[must_use]
pub struct Document {
    info: Map<String, Value>,
    parts: Vec<(Action, Contract)>,
    examples: Vec<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Send,
    Receive,
}

impl Document {
    /// A document without any event; `version` is its own.
    pub fn new(title: impl Into<String>, version: impl Into<String>) -> Self {
        let document = Self {
            info: Map::new(),
            parts: Vec::new(),
            examples: Vec::new(),
        };
        document
            .with_info("title", json!(title.into()))
            .with_info("version", json!(version.into()))
    }

    /// Says something else about the document: any field of AsyncAPI's Info Object, such as `description`, `contact`
    /// or `license`.
    pub fn with_info(mut self, field: impl Into<String>, value: Value) -> Self {
        self.info.insert(field.into(), value);
        self
    }

    /// The service publishes the event.
    pub fn sends(mut self, contract: Contract) -> Self {
        self.parts.push((Action::Send, contract));
        self
    }

    /// The service consumes the event.
    pub fn receives(mut self, contract: Contract) -> Self {
        self.parts.push((Action::Receive, contract));
        self
    }

    /// Shows a message, in the canonical envelope, as an example of its type and major version. One that is of no
    /// event of the document is left out.
    pub fn with_example(mut self, message: Value) -> Self {
        self.examples.push(message);
        self
    }

    /// The whole document.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let tags = tags(self.parts.iter().map(|(_, contract)| contract.event()));
        let mut info = self.info.clone();
        let references = tags
            .keys()
            .map(|tag| json!({ "$ref": format!("#/components/tags/{tag}") }));
        info.insert("tags".to_owned(), references.collect());
        let mut schemas = Schemas::default();
        let (mut channels, mut operations, mut messages) = (Map::new(), Map::new(), Map::new());
        for (action, contract) in &self.parts {
            let (event, id) = (contract.event(), id(contract.event()));
            let payload = schemas.add(&id, contract);
            let summary = schemas.description(&id).unwrap_or_default();
            let examples = self.examples.iter().filter(|message| is_of(message, event));
            messages.insert(
                id.clone(),
                message::message(event, &id, &summary, &payload, examples),
            );
            channels.insert(id.clone(), channel::channel(event, &id));
            operations.insert(
                format!("{}{id}", action.verb()),
                channel::operation(event, &id, *action),
            );
        }
        json!({
            "asyncapi": "3.0.0",
            "info": info,
            "defaultContentType": "application/json",
            "servers": server::servers(),
            "channels": channels,
            "operations": operations,
            "components": {
                "messages": messages,
                "messageTraits": { "StandardMessage": message::common() },
                "operationTraits": channel::traits(self.parts.iter().map(|(action, _)| *action)),
                "schemas": schemas.into_components(),
                "securitySchemes": server::security(),
                "tags": tags,
            },
        })
    }
}

impl Action {
    const fn verb(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Receive => "receive",
        }
    }
}

/// What the event is called in the document: a new major is another channel, and another message.
fn id(event: &EventType) -> String {
    format!("{}V{}", event.name, event.version.major)
}

/// One tag for each kind of thing that the events are about.
fn tags<'a>(events: impl Iterator<Item = &'a EventType>) -> Map<String, Value> {
    let tags = events.map(|event| {
        let about = event.aggregate;
        let tag = json!({ "name": about, "description": format!("What happens to a {about}.") });
        (about.to_owned(), tag)
    });
    tags.collect()
}

fn is_of(message: &Value, event: &EventType) -> bool {
    let version = message["messageVersion"].as_str().unwrap_or_default();
    let major = version.split('.').next().unwrap_or_default();
    message["messageType"] == event.name && major == event.version.major.to_string()
}
