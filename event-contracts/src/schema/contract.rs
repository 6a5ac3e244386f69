use super::tidy::tidied;
use crate::catalogue::{EventType, all_events};
use crate::envelope::Written;
use crate::{Event, Version};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// A type of event with its schemas: what [`EventType`] says, and what the payload looks like.
#[derive(Clone, Copy, Debug)]
pub struct Contract {
    event: EventType,
    payload: fn(SchemaGenerator) -> Schema,
    message: fn(SchemaGenerator) -> Schema,
    #[cfg(feature = "asyncapi")]
    part: fn(&mut SchemaGenerator) -> Schema,
}

macro_rules! contracts {
    ($($event:ty,)+) => {
        /// The contracts of all events of this crate, in the order of [`catalogue::ALL`](crate::catalogue::ALL).
        pub const ALL: &[Contract] = &[$(Contract::of::<$event>(),)+];
    };
}

all_events!(contracts);

/// The version of the canonical envelope.
pub const ENVELOPE_VERSION: Version = Version::new(1, 0);

impl Contract {
    /// The contract of `E`; works for an event of your own too.
    #[must_use]
    pub const fn of<E: Event + JsonSchema>() -> Self {
        Self {
            event: EventType::of::<E>(),
            payload: SchemaGenerator::into_root_schema_for::<E>,
            message: message::<E>,
            #[cfg(feature = "asyncapi")]
            part: SchemaGenerator::subschema_for::<E>,
        }
    }

    /// What the type of event states about itself.
    #[must_use]
    pub const fn event(&self) -> &EventType {
        &self.event
    }

    /// The schema of the payload as it is written.
    #[must_use]
    pub fn written(&self) -> Value {
        self.payload_schema(settings().for_serialize())
    }

    /// The schema of the payloads that are read.
    #[must_use]
    pub fn read(&self) -> Value {
        self.payload_schema(settings().for_deserialize())
    }

    /// The schema of a whole message, envelope and payload, as it is written.
    #[must_use]
    pub fn written_message(&self) -> Value {
        self.message_schema(settings().for_serialize())
    }

    /// The schema of the whole messages that are read, in the canonical envelope.
    #[must_use]
    pub fn read_message(&self) -> Value {
        self.message_schema(settings().for_deserialize())
    }

    /// The schema of the payload as a part of a document with several.
    #[cfg(feature = "asyncapi")]
    pub(crate) fn part(&self, generator: &mut SchemaGenerator) -> Schema {
        (self.part)(generator)
    }

    fn payload_schema(&self, settings: SchemaSettings) -> Value {
        let id = id("schema", self.event.name, self.event.version, &settings);
        let mut schema = (self.payload)(tidied(settings).into_generator()).to_value();
        schema["$id"] = id;
        schema["title"] = json!(self.event.name);
        schema
    }

    fn message_schema(&self, settings: SchemaSettings) -> Value {
        let id = id("message", self.event.name, self.event.version, &settings);
        let is_written = settings.contract.is_serialize();
        let mut schema = (self.message)(tidied(settings).into_generator()).to_value();
        schema["$id"] = id;
        if is_written {
            schema["properties"]["messageType"]["const"] = json!(self.event.name);
            schema["properties"]["messageVersion"]["const"] = json!(self.event.version);
        }
        schema
    }
}

/// The schema of the canonical envelope around any payload, as it is written.
#[must_use]
pub fn written_envelope() -> Value {
    envelope_schema(settings().for_serialize())
}

/// The schema of the canonical envelopes that are read, around any payload.
#[must_use]
pub fn read_envelope() -> Value {
    envelope_schema(settings().for_deserialize())
}

fn envelope_schema(settings: SchemaSettings) -> Value {
    let id = id("schema", "StandardMessage", ENVELOPE_VERSION, &settings);
    let generator = tidied(settings).into_generator();
    let mut schema = generator
        .into_root_schema_for::<Written<'static, Map<String, Value>>>()
        .to_value();
    schema["$id"] = id;
    schema
}

/// What is written bears the plain name, by which a CloudEvent's `dataschema` calls it.
fn id(kind: &str, name: &str, version: Version, settings: &SchemaSettings) -> Value {
    let side = if settings.contract.is_serialize() {
        ""
    } else {
        ":read"
    };
    json!(format!("urn:event-contracts:{kind}:{name}:{version}{side}"))
}

/// A function of its own, since `E` need not outlive everything.
fn message<E: Event + JsonSchema>(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Written<'_, E>>()
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12()
}
