//! Attributes as they come in, judged by the specification one by one.

use super::{AttributeValue, attribute, uri};
use product_types::Timestamp;
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Attributes<'a> {
    pub(super) spec_version: Option<Cow<'a, str>>,
    pub(super) id: Option<Cow<'a, str>>,
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) event_type: Option<Cow<'a, str>>,
    pub(super) time: Option<Timestamp>,
    pub(super) subject: Option<Cow<'a, str>>,
    pub(super) data_content_type: Option<Cow<'a, str>>,
    pub(super) data_schema: Option<Cow<'a, str>>,
    pub(super) extensions: BTreeMap<Cow<'a, str>, AttributeValue<'a>>,
}

impl<'a> Attributes<'a> {
    /// Takes one attribute.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words that name it and do not quote its value.
    pub(super) fn set(&mut self, name: Cow<'a, str>, value: AttributeValue<'a>) -> Result<(), String> {
        if value.as_str().is_some_and(|text| text.contains('\0')) {
            return Err(wrong(&name, "contains a NUL character"));
        }
        let place = match &*name {
            "specversion" => &mut self.spec_version,
            "id" => &mut self.id,
            "source" => &mut self.source,
            "type" => &mut self.event_type,
            "subject" => &mut self.subject,
            "datacontenttype" => &mut self.data_content_type,
            "dataschema" => &mut self.data_schema,
            "time" => return self.set_time(value),
            _ => return self.extend(name, value),
        };
        let text = text(&name, value)?;
        let problem = match &*name {
            _ if text.is_empty() => "is empty",
            _ if place.as_ref().is_some_and(|known| *known != text) => "is given twice",
            "specversion" if text != "1.0" => "is not `1.0`",
            "source" if !uri::is_reference(&text) => "is not a URI reference",
            "dataschema" if !uri::is_absolute(&text) => "is not a URI with a scheme",
            _ => {
                *place = Some(text);
                return Ok(());
            }
        };
        Err(wrong(&name, problem))
    }

    fn set_time(&mut self, value: AttributeValue<'a>) -> Result<(), String> {
        let time = text("time", value)?.parse();
        let time = time.map_err(|_| wrong("time", "is not a time of RFC 3339"))?;
        if self.time.replace(time).is_some_and(|known| known != time) {
            return Err(wrong("time", "is given twice"));
        }
        Ok(())
    }

    fn extend(&mut self, name: Cow<'a, str>, value: AttributeValue<'a>) -> Result<(), String> {
        if !attribute::is_name(&name) || name == "data" {
            let start: String = name.chars().take(40).collect();
            return Err(format!(
                "{start:?} is not the name of an attribute, which is lower-case letters and digits"
            ));
        }
        match self.extensions.get(&name) {
            Some(known) if *known != value => Err(wrong(&name, "is given twice")),
            Some(_) => Ok(()),
            None => {
                self.extensions.insert(name, value);
                Ok(())
            }
        }
    }
}

fn text<'a>(name: &str, value: AttributeValue<'a>) -> Result<Cow<'a, str>, String> {
    match value {
        AttributeValue::String(text) => Ok(text),
        AttributeValue::Boolean(_) | AttributeValue::Integer(_) => Err(wrong(name, "is not a string")),
    }
}

fn wrong(name: &str, problem: &str) -> String {
    format!("attribute `{name}` {problem}")
}
