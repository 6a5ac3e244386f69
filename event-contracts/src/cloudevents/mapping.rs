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

/// The canonical name and the major version: brokers route by `type`, and majors have routes of their own.
pub(super) fn type_of(message_type: &str, version: Version) -> String {
    format!("{message_type}.v{}", version.major)
}

/// The name, and the major version if there is one.
pub(crate) fn split_type(text: Cow<'_, str>) -> (Cow<'_, str>, Option<u16>) {
    let parts = text.rsplit_once(".v");
    match parts.and_then(|(name, major)| Some((name.len(), digits(major)?))) {
        Some((length, major)) => (shortened(text, length), Some(major)),
        None => (text, None),
    }
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

/// The name that [`source_to_uri`] wrapped, or another's URI as it is.
pub(crate) fn source_from_uri(source: Cow<'_, str>) -> Cow<'_, str> {
    let wrapped = source.strip_prefix(SOURCE);
    match wrapped.and_then(|name| uri::percent_decode(Cow::Borrowed(name))) {
        Some(name) => Cow::Owned(name.into_owned()),
        None => source,
    }
}

pub(super) fn sequence_to_text(sequence: u64) -> String {
    format!("{sequence:0SEQUENCE_DIGITS$}")
}

/// The number, or nothing: others may order their events by texts of another kind.
pub(super) fn sequence_from_text(text: &str) -> Option<u64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

/// The subject is what the event is about, which is what its order is kept by; it must not be empty.
pub(super) fn subject_of(metadata: &Metadata) -> Option<&str> {
    metadata.partition_key.as_deref().filter(|key| !key.is_empty())
}

/// A number without sign, blanks or leading noughts, which would not be written again.
fn digits(text: &str) -> Option<u16> {
    let number: u16 = text.parse().ok()?;
    let is_plain =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (text.len() == 1 || !text.starts_with('0'));
    is_plain.then_some(number)
}
