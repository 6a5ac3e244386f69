//! The document as the tests need it: which operation answers what, and the schema of each answer.

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::path::Path;

pub(crate) struct Contract {
    root: Value,
}

/// One operation of the document.
pub(crate) struct Operation<'a> {
    pub(crate) id: &'a str,
    pub(crate) method: String,
    pub(crate) path: &'a str,
    pub(crate) definition: &'a Value,
}

impl Contract {
    pub(crate) fn load() -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/product-service.yaml");
        let document = openapi_codegen::Document::load(&file).expect("the document is sound YAML");
        Self {
            root: document.to_json(),
        }
    }

    pub(crate) fn operations(&self) -> Vec<Operation<'_>> {
        const METHODS: [&str; 7] = ["get", "head", "post", "put", "patch", "delete", "options"];
        let paths = self.root["paths"].as_object().expect("the document has paths");
        let mut operations = Vec::new();
        for (path, item) in paths {
            for (method, definition) in item.as_object().expect("a path item is an object") {
                if METHODS.contains(&method.as_str()) {
                    let id = definition["operationId"]
                        .as_str()
                        .expect("every operation has an id");
                    operations.push(Operation {
                        id,
                        method: method.to_uppercase(),
                        path,
                        definition,
                    });
                }
            }
        }
        operations
    }

    pub(crate) fn operation(&self, id: &str) -> Operation<'_> {
        let mut operations = self.operations().into_iter();
        operations
            .find(|operation| operation.id == id)
            .unwrap_or_else(|| panic!("the document has no operation {id}"))
    }

    /// Where the path of an operation begins, when that is not where all others do.
    pub(crate) fn own_server(&self, operation: &Operation<'_>) -> Option<&str> {
        self.root["paths"][operation.path]["servers"][0]["url"].as_str()
    }

    /// The parameters of an operation, those of its path included, their references resolved.
    pub(crate) fn parameters<'a>(&'a self, operation: &Operation<'a>) -> Vec<&'a Value> {
        let of_path = self.root["paths"][operation.path]["parameters"].as_array();
        let own = operation.definition["parameters"].as_array();
        let all = of_path.into_iter().flatten().chain(own.into_iter().flatten());
        all.map(|parameter| self.resolved(parameter)).collect()
    }

    /// The schemas that have a name.
    pub(crate) fn schemas(&self) -> &Map<String, Value> {
        self.root["components"]["schemas"]
            .as_object()
            .expect("the document has schemas")
    }

    /// The documented answer of an operation with a status, its reference resolved.
    pub(crate) fn response<'a>(&'a self, operation: &Operation<'a>, status: u16) -> Option<&'a Value> {
        operation.definition["responses"]
            .get(status.to_string())
            .map(|response| self.resolved(response))
    }

    /// Follows `$ref`s within the document.
    pub(crate) fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let pointer = reference
                    .strip_prefix('#')
                    .expect("references stay within the document");
                let target = self
                    .root
                    .pointer(pointer)
                    .unwrap_or_else(|| panic!("{reference} leads nowhere"));
                self.resolved(target)
            }
            None => value,
        }
    }

    /// A validator of `schema` that knows the document's components and checks formats.
    pub(crate) fn validator(&self, schema: &Value) -> Validator {
        let mut whole = Map::new();
        whole.insert(
            "$schema".into(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        whole.insert("components".into(), self.root["components"].clone());
        whole.insert("allOf".into(), json!([schema]));
        jsonschema::options()
            .should_validate_formats(true)
            .build(&Value::Object(whole))
            .expect("the document's schemas compile")
    }
}

/// What is wrong with `instance`, a line each; empty when it is valid.
pub(crate) fn violations(validator: &Validator, instance: &Value) -> Vec<String> {
    validator
        .iter_errors(instance)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect()
}
