use crate::domain::{Attribute, Check, Image};
use crate::http::fields::{Fields, FromFields, FromJson, read_object};
use serde_json::Value;

impl FromFields for Attribute {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let (name, value) = (fields.required("name"), fields.required("value"));
        Some(Self {
            name: name?,
            value: value?,
        })
    }
}

impl FromFields for Image {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let (url, alt, position) = (
            fields.required("url"),
            fields.optional("alt"),
            fields.required("position"),
        );
        Some(Self {
            url: url?,
            alt,
            position: position?,
        })
    }
}

impl FromJson for Attribute {
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
        read_object(value, at, problems)
    }
}

impl FromJson for Image {
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
        read_object(value, at, problems)
    }
}
