//! Damage to the headers of a CloudEvent in binary mode.

use super::{Mutator, words};

/// A name and a value.
pub(crate) type Header = (String, Vec<u8>);

/// The names that a reader looks for, and some that it must pass over or refuse.
const NAMES: &[&str] = &[
    "ce-specversion",
    "ce_id",
    "cloudEvents_source",
    "cloudEvents:type",
    "CE-Time",
    "ce-dataschema",
    "ce_datacontenttype",
    "content-type",
    "ce-correlationid",
    "ce_causationid",
    "ce-partitionkey",
    "ce-sequence",
    "ce-subject",
    "ce-version",
    "ce-data",
    "ce-",
    "ce-\u{e4}",
    "traceparent",
];

/// Values that a header may have and a member of a JSON object has not.
const VALUES: &[&[u8]] = &[
    b"",
    b"\0",
    b"\xff",
    b"1.0",
    b"m-1",
    b".v1",
    b"ProductCreated.v1",
    b"ProductCreated.v65536",
    b"2026-03-02T09:15:00Z",
    b"urn:event-contracts:source:%00",
    b"urn:event-contracts:source:",
    b"urn:event-contracts:schema:StandardMessage:1.0",
    b"urn:event-contracts:schema:ProductCreated:1.0",
    b"urn:event-contracts:schema:%00:1.0",
    b"%",
    b"%e4%00",
    b"\"a\\\"",
    b"application/cloudevents+json",
    b"application/cloudevents-batch+json",
    b"application/json",
    b"text/plain",
    b"00000000000000000017",
    b"99999999999999999999",
];

impl Mutator<'_> {
    /// Damages the headers in one to four ways.
    pub(crate) fn damage_headers(&mut self, headers: &mut Vec<Header>) {
        for _ in 0..self.random.usize(1..5) {
            let place = self.random.usize(..=headers.len());
            match (self.random.u8(..6), headers.get_mut(place)) {
                (0, Some(_)) => drop(headers.remove(place)),
                (1, Some(header)) => header.0 = self.header_name(),
                (2 | 3, Some(header)) => header.1 = self.header_value(),
                (4, Some((_, value))) => {
                    let at = self.random.usize(..=value.len());
                    value.insert(at, self.random.u8(..));
                }
                _ => headers.insert(place, (self.header_name(), self.header_value())),
            }
        }
    }

    fn header_name(&mut self) -> String {
        NAMES[self.random.usize(..NAMES.len())].to_owned()
    }

    fn header_value(&mut self) -> Vec<u8> {
        match self.random.u8(..3) {
            0 => words::WORDS[self.random.usize(..words::WORDS.len())].into(),
            _ => VALUES[self.random.usize(..VALUES.len())].into(),
        }
    }

    /// One of `all`.
    pub(crate) fn choice<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.random.usize(..all.len())]
    }
}
