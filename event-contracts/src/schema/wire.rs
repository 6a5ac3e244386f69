//! The schemas of what the envelope alone speaks of.

use crate::{MessageId, Version};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

impl JsonSchema for MessageId {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "MessageId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "MessageId",
            "description": "The identifier of one message.",
            "type": "string",
            "minLength": 1,
        })
    }
}

impl JsonSchema for Version {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    /// Written as `major.minor`; a bare major and a patch are read besides.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let pattern = if generator.contract().is_serialize() {
            r"^[0-9]+\.[0-9]+$"
        } else {
            r"^[0-9]+(\.[0-9]+){0,2}$"
        };
        json_schema!({
            "title": "Version",
            "description": "The version of a payload's schema.",
            "type": "string",
            "pattern": pattern,
            "examples": ["1.0"],
        })
    }
}
