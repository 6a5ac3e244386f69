//! What the value of each key must be. A value of another kind would be taken for one that is not there.

use super::{Read, Reader};
use crate::document::{Data, Entry, Node};

impl Reader<'_> {
    /// Refuses a value that is not of the kind which its key has.
    pub(super) fn holds(&self, entry: &Entry, kind: Option<Kind>) -> Read<()> {
        let Some(kind) = kind.filter(|kind| !kind.fits(&entry.value)) else {
            return Ok(());
        };
        let (is_not, instead) = kind.words();
        let what = format!("`{}` that is {is_not}", entry.key);
        Err(self.refuse(entry.value.line, what, instead))
    }
}

/// What a value is.
pub(super) enum Kind {
    Text,
    Flag,
    Number,
    Count,
    List,
    Map,
}

impl Kind {
    /// In a schema, two keys have another meaning than elsewhere.
    pub(super) fn in_schema(key: &str) -> Option<Self> {
        match key {
            "required" | "examples" => Some(Self::List),
            _ => Self::of(key),
        }
    }

    pub(super) fn of(key: &str) -> Option<Self> {
        Some(match key {
            "required" => Self::Flag,
            "$ref" | "summary" | "description" | "title" | "operationId" | "name" | "in" | "style"
            | "url" | "format" | "pattern" | "propertyName" | "scheme" | "x-rust-type" => Self::Text,
            "deprecated" | "readOnly" | "writeOnly" | "uniqueItems" | "explode" | "x-paged"
            | "x-is-answer" => Self::Flag,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => Self::Number,
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
                Self::Count
            }
            "parameters" | "servers" | "tags" | "security" | "enum" | "oneOf" | "x-roles" => Self::List,
            "info" | "paths" | "components" | "schemas" | "securitySchemes" | "responses" | "headers"
            | "content" | "links" | "examples" | "properties" | "discriminator" | "mapping"
            | "x-resilience" => Self::Map,
            _ => return None,
        })
    }

    fn fits(&self, node: &Node) -> bool {
        match (self, &node.data) {
            (Self::Text, Data::Text(_))
            | (Self::Flag, Data::Bool(_))
            | (Self::List, Data::List(_))
            | (Self::Map, Data::Map(_))
            | (Self::Number, Data::Integer(_)) => true,
            (Self::Number, Data::Float(number)) => number.is_finite(),
            (Self::Count, Data::Integer(number)) => *number >= 0,
            _ => false,
        }
    }

    /// What a value is not, and what to write instead.
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("not text", "write a string"),
            Self::Flag => ("neither true nor false", "write one of them"),
            Self::Number => ("not a number", "write a number, without quotes"),
            Self::Count => ("not a whole number of 0 or more", "write one, without quotes"),
            Self::List => ("not a list", "write `- item` lines"),
            Self::Map => ("not a mapping", "write `key: value` pairs"),
        }
    }
}
