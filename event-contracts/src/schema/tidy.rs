//! From what schemars derives to what another team reads.

use super::prose;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::{Map, Value, json};

/// Adds what every schema of this crate goes through.
///
/// It comes before the transforms of the settings themselves, which for older drafts wrap references.
pub(crate) fn tidied(mut settings: SchemaSettings) -> SchemaSettings {
    if settings.contract.is_serialize() {
        settings
            .transforms
            .insert(0, Box::new(RecursiveTransform(OmitNull)));
    }
    settings
        .transforms
        .insert(0, Box::new(RecursiveTransform(BoundIntegers)));
    settings.with_transform(RecursiveTransform(PlainProse))
}

/// A field that may be missing is left out when it is nothing, and never written as null.
#[derive(Clone)]
struct OmitNull;

impl Transform for OmitNull {
    fn transform(&mut self, schema: &mut Schema) {
        let required = schema.get("required").cloned().unwrap_or_else(|| json!([]));
        let is_required = |name: &str| {
            required
                .as_array()
                .is_some_and(|names| names.iter().any(|one| one == name))
        };
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
            return;
        };
        for (name, property) in properties {
            if let Some(property) = property.as_object_mut().filter(|_| !is_required(name)) {
                without_null(property);
            }
        }
    }
}

fn without_null(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| one != "null");
        if let [only] = types.as_slice() {
            schema["type"] = only.clone();
        }
    }
    if let Some(Value::Array(any)) = schema.get_mut("anyOf") {
        any.retain(|one| one != &json!({ "type": "null" }));
        if let [Value::Object(only)] = any.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            for (key, value) in only {
                schema.entry(key).or_insert(value);
            }
        }
    }
}

/// Says in numbers what `format: uint32` says to Rust alone. What 64 bits hold is more than every JSON parser reads
/// exactly, and has no upper bound here.
#[derive(Clone)]
struct BoundIntegers;

impl Transform for BoundIntegers {
    fn transform(&mut self, schema: &mut Schema) {
        let (least, most) = match schema.get("format").and_then(Value::as_str) {
            Some("uint8") => (json!(0), json!(u8::MAX)),
            Some("uint16") => (json!(0), json!(u16::MAX)),
            Some("uint32") => (json!(0), json!(u32::MAX)),
            Some("uint64") => (json!(0), Value::Null),
            Some("int8") => (json!(i8::MIN), json!(i8::MAX)),
            Some("int16") => (json!(i16::MIN), json!(i16::MAX)),
            Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
            Some("int64") => (Value::Null, Value::Null),
            _ => return,
        };
        schema.remove("format");
        for (keyword, bound) in [("minimum", least), ("maximum", most)] {
            if !bound.is_null() {
                schema.ensure_object().entry(keyword).or_insert(bound);
            }
        }
    }
}

/// Turns documentation for readers of Rust into words for readers of JSON.
#[derive(Clone)]
struct PlainProse;

impl Transform for PlainProse {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = prose::plain(text);
        }
    }
}
