//! All payloads of a document from one generator, so that they share what they are made of.

use crate::envelope::Written;
use crate::schema::{Contract, tidied};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

const PATH: &str = "/components/schemas";

pub(super) struct Schemas {
    generator: SchemaGenerator,
    /// By the name that the generator gave.
    events: Vec<(String, String)>,
}

impl Default for Schemas {
    fn default() -> Self {
        let settings = SchemaSettings::draft07().for_serialize().with(|settings| {
            settings.definitions_path = PATH.into();
            settings.meta_schema = None;
        });
        let mut generator = tidied(settings).into_generator();
        generator.subschema_for::<Written<'static, Map<String, Value>>>();
        Self {
            generator,
            events: Vec::new(),
        }
    }
}

impl Schemas {
    /// Adds the payload of a contract under the name `id`, and gives the reference to it.
    pub(super) fn add(&mut self, id: &str, contract: &Contract) -> Value {
        let schema = contract.part(&mut self.generator);
        let given = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.rsplit('/').next());
        let given = given.unwrap_or(id).to_owned();
        if given == id {
            // A type that asks to stand in place has no definition yet.
            self.generator
                .definitions_mut()
                .entry(id)
                .or_insert(schema.to_value());
        }
        self.events.push((given, id.to_owned()));
        json!({ "$ref": format!("#{PATH}/{id}") })
    }

    /// What the documentation of the type says.
    pub(super) fn description(&self, id: &str) -> Option<String> {
        let (given, _) = self.events.iter().find(|(_, name)| name == id)?;
        let description = self.generator.definitions().get(given)?.get("description")?;
        description.as_str().map(crate::schema::plain_prose)
    }

    pub(super) fn into_components(mut self) -> Map<String, Value> {
        let mut definitions = self.generator.take_definitions(true);
        for (given, id) in self.events {
            if let Some(schema) = definitions.remove(&given) {
                definitions.insert(id, schema);
            }
        }
        definitions
    }
}
