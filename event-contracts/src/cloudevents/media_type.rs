//! What a content type says about how to read the message.

/// How a message that has this content type holds its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// One JSON object.
    Structured,
    /// Several events in one message.
    Batch,
    /// A CloudEvent in another format than JSON.
    OtherFormat,
    /// In headers, or not a CloudEvent.
    Other,
}

impl Mode {
    pub(super) fn of(content_type: Option<&str>) -> Self {
        let name = content_type.map_or("", essence);
        match strip_prefix(name, "application/cloudevents") {
            None => Self::Other,
            Some(rest) if rest.eq_ignore_ascii_case("+json") => Self::Structured,
            Some(rest) if strip_prefix(rest, "-batch").is_some() => Self::Batch,
            Some(rest) if rest.is_empty() || rest.starts_with('+') => Self::OtherFormat,
            Some(_) => Self::Other,
        }
    }
}

/// `application/json`, `text/json`, and whatever ends in `+json`.
pub(super) fn is_json(content_type: &str) -> bool {
    let Some((_, subtype)) = essence(content_type).split_once('/') else {
        return false;
    };
    let suffix = subtype.rsplit('+').next().unwrap_or(subtype);
    suffix.eq_ignore_ascii_case("json")
}

/// Whether it is text by its own words.
pub(super) fn is_text(content_type: &str) -> bool {
    let name = essence(content_type);
    strip_prefix(name, "text/").is_some()
        || name.eq_ignore_ascii_case("application/xml")
        || name.to_ascii_lowercase().ends_with("+xml")
}

/// Type and subtype, without parameters.
fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or(content_type).trim()
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}
