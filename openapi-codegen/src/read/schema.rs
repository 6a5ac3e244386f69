//! Schemas as types. Objects and enums have names; everything else may stand where it is used.

use super::{Read, Reader, keys};
use crate::api::Type;
use crate::document::{Data, Node};

impl<'d> Reader<'d> {
    /// The type of a schema, read as JSON is read.
    pub(super) fn schema(&self, node: &'d Node) -> Read<Type> {
        if let Some(reference) = node.get("$ref") {
            self.only_keywords(node, "a schema beside its `$ref`", keys::REFERENCE)?;
            let (name, target) = self.target_of(reference, "schemas")?;
            return self.named(name, target, false);
        }
        if let Some(one_of) = node.get("oneOf") {
            return self.or_null(node, one_of);
        }
        if node.get("x-rust-type").is_some() {
            return self.mapped(node);
        }
        let (kind, nullable) = self.kind(node)?;
        let ty = match kind {
            "string" => self.string(node),
            "integer" => self.integer(node),
            "number" => self.float(node),
            "boolean" => self
                .only_keywords(node, "a boolean", keys::BOOLEAN)
                .map(|()| Type::Bool),
            "array" => self.list(node),
            "object" => self.inline_object(node),
            other => {
                let advice = "write string, integer, number, boolean, array or object";
                Err(self.refuse(node.line, format!("`type: {other}`"), advice))
            }
        }?;
        Ok(if nullable {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        })
    }

    /// The type of a schema that has a name. Only objects and enums keep it in Rust.
    pub(super) fn named(&self, name: &'d str, node: &'d Node, patch: bool) -> Read<Type> {
        if node.get("x-rust-type").is_some() {
            return self.mapped(node);
        }
        let is_union = node.get("oneOf").is_some_and(|one_of| or_null(one_of).is_none());
        if node.get("enum").is_some() || node.get("properties").is_some() || is_union {
            return self.model(name, node, patch, None);
        }
        if !self.reading.borrow_mut().insert(name.to_owned()) {
            return Err(self.refuse(
                node.line,
                format!("schema `{name}`, which is defined by itself"),
                "end the circle",
            ));
        }
        let ty = self.schema(node);
        self.reading.borrow_mut().remove(name);
        ty
    }

    /// `type: string` or `type: [string, 'null']`.
    pub(super) fn kind(&self, node: &'d Node) -> Read<(&'d str, bool)> {
        // What has no `type` of its own is refused by its own name.
        let others = ["allOf", "anyOf", "not", "const"];
        if node.get("type").is_none() || others.iter().any(|key| node.get(key).is_some()) {
            let of_all_kinds = [
                keys::STRING,
                keys::MAPPED,
                keys::ENUM,
                keys::NUMBER,
                keys::LIST,
                keys::OBJECT,
            ];
            self.only_keywords(node, "a schema", &of_all_kinds.concat())?;
        }
        let ty = self.required(node, "type", "a schema")?;
        match &ty.data {
            Data::Text(kind) => Ok((kind, false)),
            Data::List(kinds) => {
                if let Some(null) = kinds.iter().find(|kind| kind.data == Data::Null) {
                    let what = "a `type` of null without quotes";
                    return Err(self.refuse(null.line, what, "write `'null'`: the name of a type is text"));
                }
                match kinds.iter().map(Node::as_text).collect::<Vec<_>>().as_slice() {
                    [Some(kind)] => Ok((kind, false)),
                    [Some(kind), Some("null")] | [Some("null"), Some(kind)] if *kind != "null" => {
                        Ok((kind, true))
                    }
                    _ => Err(self.refuse(
                        ty.line,
                        "a `type` of several kinds",
                        "write one kind, or one kind and 'null'",
                    )),
                }
            }
            _ => Err(self.refuse(
                ty.line,
                "a `type` that is not text",
                "write one kind, or one kind and 'null'",
            )),
        }
    }

    /// `oneOf: [{$ref: …}, {type: 'null'}]`: the one union that needs no name.
    fn or_null(&self, node: &'d Node, one_of: &'d Node) -> Read<Type> {
        let Some(schema) = or_null(one_of) else {
            let advice = "define it under components/schemas and refer to it";
            return Err(self.refuse(one_of.line, "`oneOf` of several schemas without a name", advice));
        };
        self.only_keywords(node, "a `oneOf` with null", keys::OR_NULL)?;
        match self.schema(schema)? {
            Type::Nullable(_) => {
                Err(self.refuse(schema.line, "a schema that may be null twice over", "say it once"))
            }
            ty => Ok(Type::Nullable(Box::new(ty))),
        }
    }

    /// A schema that the target has a type for.
    fn mapped(&self, node: &'d Node) -> Read<Type> {
        let (kind, nullable) = self.kind(node)?;
        let word = self.required_text(node, "x-rust-type", "a schema")?;
        if kind != "string" {
            let what = format!("`x-rust-type: {word}` on `type: {kind}`");
            return Err(self.refuse(node.line, what, "use it on strings only"));
        }
        self.only_keywords(node, "a string", &[keys::STRING, keys::MAPPED].concat())?;
        let Some(path) = self.target.mapped(word) else {
            let what = format!("`x-rust-type: {word}`");
            let known = self.target.mapped_words();
            let advice = if known.is_empty() {
                "leave it out; this target brings no types along".to_owned()
            } else {
                format!("write one of {known}, or leave it out")
            };
            return Err(self.refuse(node.line, what, advice));
        };
        let ty = Type::Mapped(path.to_owned());
        Ok(if nullable {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        })
    }

    fn string(&self, node: &Node) -> Read<Type> {
        if let Some(values) = node.get("enum") {
            let what = "an `enum` without a name";
            return Err(self.refuse(
                values.line,
                what,
                "define it under components/schemas and refer to it",
            ));
        }
        self.only_keywords(node, "a string", keys::STRING)
            .map(|()| Type::Text)
    }

    fn integer(&self, node: &Node) -> Read<Type> {
        self.only_keywords(node, "an integer", keys::NUMBER)?;
        let unsigned = node
            .get("minimum")
            .and_then(Node::as_integer)
            .is_some_and(|minimum| minimum >= 0);
        match (self.optional_text(node, "format")?, unsigned) {
            ("int32", true) => Ok(Type::U32),
            ("int32", false) => Ok(Type::I32),
            ("int64", true) => Ok(Type::U64),
            ("int64", false) => Ok(Type::I64),
            _ => Err(self.refuse(
                node.line,
                "an integer without a size",
                "write `format: int32` or `format: int64`",
            )),
        }
    }

    fn float(&self, node: &Node) -> Read<Type> {
        self.only_keywords(node, "a number", keys::NUMBER)?;
        match self.optional_text(node, "format")? {
            "double" => Ok(Type::F64),
            "float" => Ok(Type::F32),
            _ => {
                let advice = "write `format: double`, or a decimal string with an `x-rust-type`";
                Err(self.refuse(node.line, "a number without a size", advice))
            }
        }
    }

    fn list(&self, node: &'d Node) -> Read<Type> {
        self.only_keywords(node, "a list", keys::LIST)?;
        let items = self.required(node, "items", "a list")?;
        Ok(Type::List(Box::new(self.schema(items)?)))
    }

    /// An object without properties of its own: free, or a map.
    fn inline_object(&self, node: &'d Node) -> Read<Type> {
        if let Some(properties) = node.get("properties") {
            let what = "an object with properties but without a name";
            return Err(self.refuse(
                properties.line,
                what,
                "define it under components/schemas and refer to it",
            ));
        }
        self.only_keywords(node, "an object", keys::OBJECT)?;
        match node.get("additionalProperties") {
            Some(values) if values.is_map() => Ok(Type::Map(Box::new(self.schema(values)?))),
            Some(Node {
                data: Data::Bool(true),
                ..
            }) => Ok(Type::FreeObject),
            _ => {
                let what = "an object without properties";
                Err(self.refuse(
                    node.line,
                    what,
                    "say what it holds: `additionalProperties: true`, or a schema",
                ))
            }
        }
    }
}

/// `{type: 'null'}`
fn is_null(node: &Node) -> bool {
    node.get("type").and_then(Node::as_text) == Some("null") && node.entries().len() == 1
}

/// The schema beside null, when there are the two.
pub(super) fn or_null(one_of: &Node) -> Option<&Node> {
    match one_of.items() {
        [schema, null] | [null, schema] if is_null(null) && !is_null(schema) => Some(schema),
        _ => None,
    }
}
