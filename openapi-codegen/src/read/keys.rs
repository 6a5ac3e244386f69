//! Which keys each kind of object may have. A key that is not listed is refused, so that nothing is silently ignored.

use super::{Read, Reader};
use crate::document::Node;

impl Reader<'_> {
    /// Refuses what is no mapping, and every key that is neither in `known` nor an `x-` extension.
    pub(super) fn only_keys(&self, node: &Node, owner: &str, known: &[&str]) -> Read<()> {
        if !node.is_map() {
            return Err(self.refuse(
                node.line,
                format!("{owner} that is not a mapping"),
                "write `key: value` pairs",
            ));
        }
        let mut outcome = Ok(());
        for entry in node.entries() {
            let key = entry.key.as_str();
            if !key.starts_with("x-") && !known.contains(&key) {
                outcome = Err(self.refuse(entry.line, format!("`{key}` in {owner}"), advice(key, known)));
            }
        }
        outcome
    }
}

pub(super) const ROOT: &[&str] = &[
    "openapi",
    "info",
    "jsonSchemaDialect",
    "servers",
    "tags",
    "paths",
    "components",
    "externalDocs",
];
pub(super) const COMPONENTS: &[&str] = &[
    "schemas",
    "responses",
    "parameters",
    "examples",
    "headers",
    "securitySchemes",
];
pub(super) const PATH_ITEM: &[&str] = &[
    "summary",
    "description",
    "servers",
    "parameters",
    "get",
    "put",
    "post",
    "delete",
    "head",
    "patch",
];
pub(super) const OPERATION: &[&str] = &[
    "operationId",
    "tags",
    "summary",
    "description",
    "externalDocs",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "deprecated",
];
pub(super) const PARAMETER: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "schema",
    "style",
    "explode",
    "example",
    "examples",
    "deprecated",
];
pub(super) const SERVER: &[&str] = &["url", "description"];
pub(super) const BODY: &[&str] = &["description", "content", "required"];
pub(super) const MEDIA_TYPE: &[&str] = &["schema", "example", "examples"];
pub(super) const RESPONSE: &[&str] = &["description", "headers", "content", "links"];
pub(super) const HEADER: &[&str] = &[
    "description",
    "required",
    "schema",
    "style",
    "explode",
    "example",
    "examples",
    "deprecated",
];
pub(super) const UNION: &[&str] = &[
    "oneOf",
    "discriminator",
    "title",
    "description",
    "examples",
    "example",
    "deprecated",
];
pub(super) const OR_NULL: &[&str] = &[
    "oneOf",
    "title",
    "description",
    "default",
    "examples",
    "readOnly",
    "writeOnly",
    "deprecated",
];
pub(super) const REFERENCE: &[&str] = &[
    "$ref",
    "summary",
    "description",
    "default",
    "readOnly",
    "writeOnly",
    "deprecated",
    "examples",
];

pub(super) const COMMON: &[&str] = &[
    "type",
    "title",
    "description",
    "default",
    "examples",
    "example",
    "readOnly",
    "writeOnly",
    "deprecated",
];
pub(super) const STRING: &[&str] = &[
    "type",
    "title",
    "description",
    "default",
    "examples",
    "example",
    "readOnly",
    "writeOnly",
    "deprecated",
    "format",
    "minLength",
    "maxLength",
    "pattern",
    "enum",
];
pub(super) const NUMBER: &[&str] = &[
    "type",
    "title",
    "description",
    "default",
    "examples",
    "example",
    "readOnly",
    "writeOnly",
    "deprecated",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];
pub(super) const LIST: &[&str] = &[
    "type",
    "title",
    "description",
    "default",
    "examples",
    "example",
    "readOnly",
    "writeOnly",
    "deprecated",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
];
pub(super) const OBJECT: &[&str] = &[
    "type",
    "title",
    "description",
    "default",
    "examples",
    "example",
    "readOnly",
    "writeOnly",
    "deprecated",
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
];
pub(super) const ENUM: &[&str] = &[
    "type",
    "title",
    "description",
    "default",
    "examples",
    "example",
    "readOnly",
    "writeOnly",
    "deprecated",
    "enum",
];

/// What to write instead of a key that people do write elsewhere.
fn advice(key: &str, known: &[&str]) -> String {
    let advice = match key {
        "allOf" => "write the properties of the parts into one named schema",
        "anyOf" => "write `oneOf` of named objects with a `discriminator`, or one named schema",
        "oneOf" => "define a union of named objects under components/schemas and refer to it",
        "not" | "if" | "then" | "else" | "dependentRequired" | "dependentSchemas" => {
            "say it in `description` and let the service check it"
        }
        "nullable" => "write `type: [string, 'null']`, as OpenAPI 3.1 does",
        "discriminator" => "write it beside the `oneOf` of a union with a name",
        "const" => "write an `enum` with one value",
        "patternProperties" | "propertyNames" | "unevaluatedProperties" => {
            "use `additionalProperties` with one schema for all values"
        }
        "prefixItems" | "contains" | "unevaluatedItems" => "use `items` with one schema for all items",
        "$defs" | "definitions" | "$id" | "$anchor" | "$dynamicRef" | "$dynamicAnchor" | "$schema" => {
            "define the schema under components/schemas and refer to it"
        }
        "trace" | "options" => "leave the method to the service; clients do not call it",
        "servers" => "write `servers` at the root or at a path; a client is given its base URL",
        "security" => "write `security` on each operation",
        "callbacks" | "webhooks" => "describe events in their own document",
        "allowReserved" | "allowEmptyValue" => "leave it out; values are percent-encoded",
        "content" => "use `schema`",
        "pathItems" | "requestBodies" | "links" | "callback" => "write it where it is used",
        "$ref" => "write the object itself here",
        _ => return format!("known here are {}", known.join(", ")),
    };
    advice.to_owned()
}
