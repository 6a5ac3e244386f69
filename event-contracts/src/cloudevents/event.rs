use super::attributes::Attributes;
use super::{Binding, binary, structured};
use crate::error::Kind;
use crate::{Error, Limits};
use product_types::Timestamp;
use serde::de::Error as _;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Any CloudEvent of version 1.0, of whoever's making: its attributes, checked, and its data as it came. Borrows
/// from the message.
///
/// For events of this platform [`RawEnvelope::from_message`](crate::RawEnvelope::from_message) is the way in; this
/// is for those that are not.
///
/// ```
/// use event_contracts::cloudevents::{CloudEvent, Data};
///
/// let event = CloudEvent::parse(br#"{"specversion": "1.0", "id": "17", "source": "/printers/3",
///     "type": "com.example.jammed", "tray": 2, "datacontenttype": "text/plain", "data": "again"}"#)?;
/// assert_eq!(event.source(), "/printers/3");
/// assert_eq!(event.extension("tray").and_then(|tray| tray.as_integer()), Some(2));
/// assert_eq!(event.data(), Some(&Data::Text("again".into())));
/// # Ok::<(), event_contracts::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CloudEvent<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) source: Cow<'a, str>,
    pub(super) event_type: Cow<'a, str>,
    pub(super) time: Option<Timestamp>,
    pub(super) subject: Option<Cow<'a, str>>,
    pub(super) data_content_type: Option<Cow<'a, str>>,
    pub(super) data_schema: Option<Cow<'a, str>>,
    pub(super) extensions: BTreeMap<Cow<'a, str>, AttributeValue<'a>>,
    pub(super) data: Option<Data<'a>>,
}

/// The value of an extension. Headers hold nothing but text; JSON knows the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeValue<'a> {
    /// Text. Times, URIs and bytes in base64 are text too.
    String(Cow<'a, str>),
    /// A truth value.
    Boolean(bool),
    /// A whole number of 32 bits, as the specification has it.
    Integer(i32),
}

/// The data of an event, by what its content type says and how it came.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Data<'a> {
    /// JSON as it came, checked for form.
    Json(&'a str),
    /// Text that is not JSON.
    Text(Cow<'a, str>),
    /// Bytes of whatever kind.
    Bytes(Cow<'a, [u8]>),
}

impl<'a> CloudEvent<'a> {
    /// Reads an event in structured mode: one JSON object, within the size of the default [`Limits`].
    ///
    /// # Errors
    ///
    /// When this is not JSON, or not a CloudEvent: `source()` names the attribute, and the error knows the position.
    /// Required are `id`, `source` (a URI reference), `type` and `specversion`, which must be `1.0`. No attribute is
    /// given twice, none that the specification names is empty, and `data` and `data_base64` do not meet. A `null` is
    /// as good as nothing, except for `data`.
    pub fn parse(body: &'a [u8]) -> Result<Self, Error> {
        structured::parse(body, &Limits::default())
    }

    /// Reads an event from a message, structured or binary, by its content type.
    ///
    /// Headers are those of any binding, `ce-`, `ce_`, `cloudEvents_` or `cloudEvents:`, in any case; what is not an
    /// attribute is passed over. `content_type` is the message's property; where there is no such thing, as in
    /// Kafka, it is looked for among the headers.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse), and when a header is not UTF-8, the data is not the JSON that it is said to be, or
    /// the message holds a batch or a format other than JSON. A position is one in the body.
    pub fn from_message(
        binding: Binding,
        content_type: Option<&'a str>,
        headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        body: &'a [u8],
    ) -> Result<Self, Error> {
        binary::Headers::collect(binding, content_type, headers)?.into_event(body)
    }

    /// Identifies the event among those of its source.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where it happened, a URI reference.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What happened: `type`.
    #[must_use]
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// When it happened.
    #[must_use]
    pub fn time(&self) -> Option<Timestamp> {
        self.time
    }

    /// What it happened to.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// The content type of the data: `datacontenttype`.
    #[must_use]
    pub fn data_content_type(&self) -> Option<&str> {
        self.data_content_type.as_deref()
    }

    /// The schema of the data, a URI: `dataschema`.
    #[must_use]
    pub fn data_schema(&self) -> Option<&str> {
        self.data_schema.as_deref()
    }

    /// All other attributes, by their names.
    pub fn extensions(&self) -> impl Iterator<Item = (&str, &AttributeValue<'a>)> {
        self.extensions.iter().map(|(name, value)| (&**name, value))
    }

    /// One of the other attributes.
    #[must_use]
    pub fn extension(&self, name: &str) -> Option<&AttributeValue<'a>> {
        self.extensions.get(name)
    }

    /// The data, if there is any.
    #[must_use]
    pub fn data(&self) -> Option<&Data<'a>> {
        self.data.as_ref()
    }

    pub(super) fn new(attributes: Attributes<'a>, data: Option<Data<'a>>) -> Result<Self, String> {
        Ok(Self {
            id: attributes.id.ok_or_else(|| missing("id"))?,
            source: attributes.source.ok_or_else(|| missing("source"))?,
            event_type: attributes.event_type.ok_or_else(|| missing("type"))?,
            time: attributes.time,
            subject: attributes.subject,
            data_content_type: attributes.data_content_type,
            data_schema: attributes.data_schema,
            extensions: attributes.extensions,
            data,
        })
    }
}

impl AttributeValue<'_> {
    /// The text, if it is text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_integer(&self) -> Option<i32> {
        match self {
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as a header has it.
    #[must_use]
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Self::String(text) => Cow::Borrowed(text),
            Self::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Integer(value) => Cow::Owned(value.to_string()),
        }
    }
}

impl<'a> AttributeValue<'a> {
    pub(super) fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::String(text) => text,
            other => Cow::Owned(other.to_text().into_owned()),
        }
    }
}

fn missing(name: &str) -> String {
    format!("attribute `{name}` is missing")
}

/// An error that is not in the JSON; `reason` names the attribute.
pub(super) fn invalid(reason: impl std::fmt::Display) -> Error {
    Error::json(Kind::CloudEvent, None, serde_json::Error::custom(reason))
}
