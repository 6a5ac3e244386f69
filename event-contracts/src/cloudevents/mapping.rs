//! What of our envelope stands in which attribute, both ways. What is written is read back exactly.

use super::uri;
use crate::{Metadata, Version};
use std::borrow::Cow;

/// What `dataschema` begins with.
const SCHEMA: &str = "urn:event-contracts:schema:";
/// What `source` begins with when the name of the source is not a URI reference itself.
const SOURCE: &str = "urn:event-contracts:source:";
/// Digits of the largest sequence number, so that texts have the order of numbers, as the extension asks.
const SEQUENCE_DIGITS: usize = 20;

/// The name and the major version: brokers route by `type`, and majors have routes of their own. A name that was read with
/// that suffix gets no second one.
pub(super) fn type_of(message_type: &str, version: Version) -> String {
    let suffix = format!(".v{}", version.major);
    if message_type.ends_with(&suffix) {
        return message_type.to_owned();
    }
    format!("{message_type}{suffix}")
}

/// The name behind a `type`: the one in our schema's URI, which is exact, if the two agree; else `type` without `.vN`.
pub(crate) fn name_of<'a>(event_type: Cow<'a, str>, schema: Option<&str>) -> Cow<'a, str> {
    if let Some((name, version)) = schema.and_then(name_in_schema)
        && type_of(&name, version) == event_type
    {
        return shortened(event_type, name.len());
    }
    let parts = event_type.rsplit_once(".v");
    match parts.filter(|(_, major)| is_number(major)) {
        Some((name, _)) => {
            let length = name.len();
            shortened(event_type, length)
        }
        None => event_type,
    }
}

fn name_in_schema(schema: &str) -> Option<(Cow<'_, str>, Version)> {
    let (name, version) = schema.strip_prefix(SCHEMA)?.rsplit_once(':')?;
    Some((uri::percent_decode(Cow::Borrowed(name))?, version.parse().ok()?))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn shortened(text: Cow<'_, str>, length: usize) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..length]),
        Cow::Owned(mut text) => {
            text.truncate(length);
            Cow::Owned(text)
        }
    }
}

/// The schema of a payload.
pub(super) fn schema_of(message_type: &str, version: Version) -> String {
    let name = uri::percent_encode(message_type, uri::is_unreserved);
    format!("{SCHEMA}{name}:{version}")
}

/// The schema of the canonical envelope around any payload.
pub(super) const STANDARD_MESSAGE: &str = "urn:event-contracts:schema:StandardMessage:1.0";

/// Whether the schema is one that we name.
pub(super) fn is_ours(schema: &str) -> bool {
    schema.starts_with(SCHEMA)
}

/// The version of the payload: that in the last part of its schema's URI, unless the type names another major; else the
/// type's major.
pub(crate) fn version_of(schema: Option<&str>, major: Option<u16>) -> Option<Version> {
    schema
        .and_then(version_in_schema)
        .filter(|version| major.is_none_or(|major| major == version.major))
        .or_else(|| Some(Version::new(major?, 0)))
}

/// `…/ProductCreated/1.2.json`, `…:1.0`, `…/v1`. A bare number may be anything, such as the id in a registry.
fn version_in_schema(schema: &str) -> Option<Version> {
    let path = schema.split(['?', '#']).next()?;
    let last = path.trim_end_matches('/').rsplit(['/', ':']).next()?;
    let number = last.strip_prefix('v').unwrap_or(last);
    let end = number
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(number.len());
    let number = number.get(..end)?.trim_end_matches('.');
    let is_version = number.contains('.') || last.starts_with('v');
    number.parse().ok().filter(|_| is_version)
}

/// A name that can stand as a URI reference does; any other is wrapped.
pub(super) fn source_to_uri(source: &str) -> Cow<'_, str> {
    if !source.is_empty() && !source.starts_with(SOURCE) && uri::is_reference(source) {
        return Cow::Borrowed(source);
    }
    let name = uri::percent_encode(source, uri::is_unreserved);
    Cow::Owned(format!("{SOURCE}{name}"))
}

/// The name that [`source_to_uri`] wrapped, or another's URI as it is. A NUL character is never wrapped here; behind
/// `%00` it stays, for it could not be written again.
pub(crate) fn source_from_uri(source: Cow<'_, str>) -> Cow<'_, str> {
    let wrapped = source.strip_prefix(SOURCE);
    match wrapped.and_then(|name| uri::percent_decode(Cow::Borrowed(name))) {
        Some(name) if !name.contains('\0') => Cow::Owned(name.into_owned()),
        _ => source,
    }
}

pub(super) fn sequence_to_text(sequence: u64) -> String {
    format!("{sequence:0SEQUENCE_DIGITS$}")
}

/// The number, or nothing: others may order their events by texts of another kind.
pub(super) fn sequence_from_text(text: &str) -> Option<u64> {
    is_number(text).then(|| text.parse().ok())?
}

/// The subject is what the event is about, which is what its order is kept by; it must not be empty.
pub(super) fn subject_of(metadata: &Metadata) -> Option<&str> {
    metadata.partition_key.as_deref().filter(|key| !key.is_empty())
}
