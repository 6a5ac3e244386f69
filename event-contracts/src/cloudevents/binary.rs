//! Binary mode: attributes in headers, read; and which mode a message is in.

use super::attributes::Attributes;
use super::event::invalid;
use super::media_type::{self, Mode};
use super::{AttributeValue, Binding, CloudEvent, Data, attribute, structured};
use crate::{Error, Limits};
use std::borrow::Cow;

/// What stands around the body.
#[derive(Debug)]
pub(super) struct Headers<'a> {
    mode: Mode,
    attributes: Attributes<'a>,
}

impl<'a> Headers<'a> {
    /// Reads the attributes, unless the content type says that they are in the body.
    pub(super) fn collect(
        binding: Binding,
        content_type: Option<&'a str>,
        headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<Self, Error> {
        let mut content_type = content_type.map(Cow::Borrowed);
        let mut attributes = Attributes::default();
        let mut refused = None;
        for (header, value) in headers {
            let name = attribute::of_header(header);
            if name.is_none() && (content_type.is_some() || !header.eq_ignore_ascii_case("content-type")) {
                continue;
            }
            let text = match name {
                Some(_) => binding.text_of(value),
                None => std::str::from_utf8(value).ok().map(Cow::Borrowed),
            };
            let Some(text) = text else {
                refused.get_or_insert(format!("header `{header}` is not UTF-8"));
                continue;
            };
            match name {
                None => content_type = Some(text),
                Some(name) => {
                    let outcome = attributes.set(in_lower_case(name), AttributeValue::String(text));
                    if let Err(reason) = outcome {
                        refused.get_or_insert(reason);
                    }
                }
            }
        }
        let mode = Mode::of(content_type.as_deref());
        // In structured mode headers may repeat attributes, and count for nothing.
        match refused {
            Some(reason) if mode == Mode::Other => return Err(invalid(reason)),
            _ => {}
        }
        // Some SDKs write `datacontenttype` as a header of its own; the message's content type is what counts.
        if content_type.is_some() {
            attributes.data_content_type = content_type;
        }
        Ok(Self { mode, attributes })
    }

    pub(super) fn is_structured(&self) -> bool {
        self.mode == Mode::Structured
    }

    /// The event without its data, if these are the headers of one in binary mode; its data must be JSON.
    pub(super) fn into_attributes(self) -> Result<Option<CloudEvent<'a>>, Error> {
        self.check_mode()?;
        if self.attributes.spec_version.is_none() {
            return Ok(None);
        }
        // A producer that names no content type may still send JSON.
        if !self
            .attributes
            .data_content_type
            .as_deref()
            .is_none_or(media_type::is_json)
        {
            return Err(invalid("the data is not JSON"));
        }
        CloudEvent::new(self.attributes, None).map(Some).map_err(invalid)
    }

    pub(super) fn into_event(self, body: &'a [u8]) -> Result<CloudEvent<'a>, Error> {
        if self.is_structured() {
            return structured::parse(body, &Limits::default());
        }
        self.check_mode()?;
        if self.attributes.spec_version.is_none() {
            return Err(invalid("attribute `specversion` is missing"));
        }
        structured::within_limits(body, &Limits::default())?;
        let data = match self.attributes.data_content_type.as_deref() {
            _ if body.is_empty() => None,
            Some(content_type) if media_type::is_json(content_type) => {
                Some(Data::Json(structured::json(body)?.get()))
            }
            Some(content_type) if media_type::is_text(content_type) => {
                Some(match std::str::from_utf8(body) {
                    Ok(text) => Data::Text(Cow::Borrowed(text)),
                    Err(_) => Data::Bytes(Cow::Borrowed(body)),
                })
            }
            _ => Some(Data::Bytes(Cow::Borrowed(body))),
        };
        CloudEvent::new(self.attributes, data).map_err(invalid)
    }

    fn check_mode(&self) -> Result<(), Error> {
        match self.mode {
            Mode::Batch => Err(invalid(
                "this is a batch of CloudEvents, which is to be taken apart first",
            )),
            Mode::OtherFormat => Err(invalid("this is a CloudEvent in another format than JSON")),
            Mode::Structured | Mode::Other => Ok(()),
        }
    }
}

fn in_lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}
