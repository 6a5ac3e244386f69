//! Which keys each kind of object may have. A key that is not listed is refused, so that nothing is silently ignored.

use super::kind::Kind;
use super::{Read, Reader};
use crate::document::Node;

impl Reader<'_> {
    /// Refuses what is no mapping, every key that is not in `known`, and every value of the wrong kind.
    pub(super) fn only_keys(&self, node: &Node, owner: &str, known: &[&str]) -> Read<()> {
        self.keys_are_known(node, owner, known, Kind::of)
    }

    /// The same for a schema, in which annotations may stand beside `keywords`.
    pub(super) fn only_keywords(&self, node: &Node, owner: &str, keywords: &[&str]) -> Read<()> {
        self.keys_are_known(node, owner, &[keywords, ANNOTATIONS].concat(), Kind::in_schema)
    }

    /// The same for the components, whose sections are all mappings.
    pub(super) fn only_sections(&self, node: &Node) -> Read<()> {
        self.keys_are_known(node, "components", COMPONENTS, |_| Some(Kind::Map))
    }

    fn keys_are_known(
        &self,
        node: &Node,
        owner: &str,
        known: &[&str],
        kind_of: fn(&str) -> Option<Kind>,
    ) -> Read<()> {
        if !node.is_map() {
            let what = format!("{owner} that is not a mapping");
            return Err(self.refuse(node.line, what, "write `key: value` pairs"));
        }
        let mut outcome = Ok(());
        for entry in node.entries() {
            let key = entry.key.as_str();
            let checked = if known.contains(&key) {
                self.holds(entry, kind_of(key))
            } else if key.starts_with("x-") && !OURS.contains(&key) {
                Ok(())
            } else {
                Err(self.refuse(entry.line, format!("`{key}` in {owner}"), advice(key, known)))
            };
            outcome = outcome.and(checked);
        }
        outcome
    }
}

/// The extensions that the generator reads. All others are the affair of other tools.
const OURS: [&str; 5] = ["x-resilience", "x-roles", "x-paged", "x-is-answer", "x-rust-type"];

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
pub(super) const INFO: &[&str] = &[
    "title",
    "summary",
    "description",
    "termsOfService",
    "contact",
    "license",
    "version",
];
const COMPONENTS: &[&str] = &[
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
    "x-resilience",
    "x-roles",
    "x-paged",
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
pub(super) const SECURITY_SCHEME: &[&str] = &["type", "scheme", "bearerFormat", "description"];
pub(super) const BODY: &[&str] = &["description", "content", "required"];
pub(super) const MEDIA_TYPE: &[&str] = &["schema", "example", "examples"];
pub(super) const RESPONSE: &[&str] = &["description", "headers", "content", "links", "x-is-answer"];
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

/// What may stand in any schema, and changes nothing on the wire.
const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
];
pub(super) const REFERENCE: &[&str] = &["$ref", "summary"];
pub(super) const UNION: &[&str] = &["oneOf", "discriminator"];
pub(super) const OR_NULL: &[&str] = &["oneOf"];
pub(super) const BOOLEAN: &[&str] = &["type"];
pub(super) const ENUM: &[&str] = &["type", "enum"];
/// In the tag of a union's member.
pub(super) const CONST: &[&str] = &["const"];
pub(super) const STRING: &[&str] = &["type", "format", "minLength", "maxLength", "pattern"];
pub(super) const MAPPED: &[&str] = &["x-rust-type", "enum"];
pub(super) const NUMBER: &[&str] = &[
    "type",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];
pub(super) const LIST: &[&str] = &["type", "items", "minItems", "maxItems", "uniqueItems"];
pub(super) const OBJECT: &[&str] = &[
    "type",
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
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
        "nullable" => {
            "write `'null'` beside the type, as in `type: [string, 'null']`, or `oneOf` of a `$ref` and `type: 'null'`"
        }
        "discriminator" => "write it beside the `oneOf` of a union with a name",
        "const" => "write an `enum` with one value",
        "patternProperties" | "propertyNames" | "unevaluatedProperties" => {
            "use `additionalProperties` with one schema for all values"
        }
        "prefixItems" | "contains" | "minContains" | "maxContains" | "unevaluatedItems"
        | "additionalItems" => "use `items` with one schema for all items",
        "$defs" | "definitions" | "$id" | "$anchor" | "$dynamicRef" | "$dynamicAnchor" | "$schema"
        | "$vocabulary" => "define the schema under components/schemas and refer to it",
        "contentEncoding" | "contentMediaType" | "contentSchema" => {
            "leave it out and say in `description` how the text is encoded"
        }
        "$comment" => "write a comment of YAML",
        "xml" | "externalDocs" => "leave it out; clients speak JSON, and say what `description` says",
        "encoding" => "leave it out; bodies are JSON",
        "trace" | "options" => "leave the method to the service; clients do not call it",
        "servers" => "write `servers` at the root or at a path; a client is given its base URL",
        "variables" => "write the URL out; a client is given its base URL",
        "security" => "write `security` on each operation",
        "callbacks" | "webhooks" => "describe events in their own document",
        "allowReserved" | "allowEmptyValue" => "leave it out; values are percent-encoded",
        "content" => "use `schema`",
        "pathItems" | "requestBodies" | "links" => "write it where it is used",
        "$ref" => "write the object itself here",
        "x-resilience" | "x-roles" | "x-paged" => "write it on the operation",
        "x-is-answer" => "write it on the answer 304",
        "x-rust-type" => "write it on a string, under components/schemas or where the string stands",
        _ => return format!("known here are {}", known.join(", ")),
    };
    advice.to_owned()
}
