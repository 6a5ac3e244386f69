use super::attribute::Attribute;
use super::uri;
use std::borrow::Cow;

/// What carries the message; it decides how headers are named and what their values look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Binding {
    /// AMQP 0.9.1, as RabbitMQ speaks it: `ce-` headers with long strings, after Knative's RabbitMQ binding.
    Amqp,
    /// Kafka: `ce_` headers in UTF-8, and `content-type` among them.
    Kafka,
    /// HTTP: `ce-` headers, percent-encoded where they are not printable ASCII.
    Http,
}

impl Binding {
    /// The name of the header that holds `attribute`.
    pub(super) const fn header(self, attribute: Attribute) -> &'static str {
        match self {
            Self::Amqp | Self::Http => attribute.dashed(),
            Self::Kafka => attribute.underscored(),
        }
    }

    /// A header's value for a text.
    pub(super) fn value_of(self, text: &str) -> String {
        match self {
            Self::Amqp | Self::Kafka => text.to_owned(),
            Self::Http => uri::percent_encode(text, |byte| {
                byte.is_ascii_graphic() && !matches!(byte, b'"' | b'%')
            }),
        }
    }

    /// The text of a header's value; nothing when it is not UTF-8.
    pub(super) fn text_of(self, value: &[u8]) -> Option<Cow<'_, str>> {
        let text = std::str::from_utf8(value).ok()?;
        match self {
            Self::Amqp | Self::Kafka => Some(Cow::Borrowed(text)),
            Self::Http => uri::percent_decode(unquote(text.trim_matches([' ', '\t']))),
        }
    }
}

/// HTTP lets a value stand in double quotes, with backslashes before what would end it.
fn unquote(text: &str) -> Cow<'_, str> {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        None => Cow::Borrowed(text),
        Some(inner) if !inner.contains('\\') => Cow::Borrowed(inner),
        Some(inner) => {
            let mut plain = String::with_capacity(inner.len());
            let mut characters = inner.chars();
            while let Some(character) = characters.next() {
                plain.push(match character {
                    '\\' => characters.next().unwrap_or('\\'),
                    other => other,
                });
            }
            Cow::Owned(plain)
        }
    }
}
