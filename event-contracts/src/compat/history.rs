use super::{Incompatibility, Mode, compare};
use crate::Version;
use serde_json::Value;
use std::fmt;

/// The versions of one type of event, each with the schema that it writes by and the one that it reads by.
///
/// ```
/// use event_contracts::Version;
/// use event_contracts::compat::{History, Mode, Rule};
/// use serde_json::json;
///
/// let first = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
/// let second = json!({
///     "type": "object",
///     "properties": { "name": { "type": "string" }, "owner": { "type": "string" } },
///     "required": ["owner"]
/// });
/// let history = History::new("WishlistShared")
///     .with_version(Version::new(1, 0), first.clone(), first)
///     .with_version(Version::new(1, 1), second.clone(), second);
///
/// assert!(history.check(Mode::Forward).is_empty());
/// let findings = history.check(Mode::Backward);
/// assert_eq!(findings[0].incompatibility.rule, Rule::RequiredPropertyMissing);
/// assert_eq!(findings[0].incompatibility.path, "/owner");
/// ```
#[derive(Clone, Debug)]
pub struct History {
    event: String,
    /// Sorted, each version once.
    versions: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    version: Version,
    written: Value,
    read: Value,
}

/// One incompatibility between two versions of a type, or of a version with itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The type of event.
    pub event: String,
    /// The version whose writer wrote.
    pub writer: Version,
    /// The version whose reader reads.
    pub reader: Version,
    /// Where and why the reader may fail.
    pub incompatibility: Incompatibility,
}

impl History {
    /// A type of event without versions.
    pub fn new(event: impl Into<String>) -> Self {
        Self {
            event: event.into(),
            versions: Vec::new(),
        }
    }

    /// Adds a version, or takes the place of the same one: the schema of what it writes (the contract as
    /// serialised) and of what it reads (as deserialised).
    #[must_use]
    pub fn with_version(mut self, version: Version, written: Value, read: Value) -> Self {
        let entry = Entry {
            version,
            written,
            read,
        };
        match self
            .versions
            .binary_search_by_key(&version, |entry| entry.version)
        {
            Ok(place) => self.versions[place] = entry,
            Err(place) => self.versions.insert(place, entry),
        }
        self
    }

    /// The name of the type.
    #[must_use]
    pub fn event(&self) -> &str {
        &self.event
    }

    /// The versions, oldest first.
    pub fn versions(&self) -> impl Iterator<Item = Version> {
        self.versions.iter().map(|entry| entry.version)
    }

    /// Holds every version against those before it in its major version, as `mode` asks, and in any mode its reader
    /// against its own writer.
    #[must_use]
    pub fn check(&self, mode: Mode) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (place, new) in self.versions.iter().enumerate() {
            findings.extend(self.between(new, new));
            let before = self.versions[..place].iter().rev();
            let before = before.take_while(|old| old.version.major == new.version.major);
            let depth = if mode.is_transitive() { usize::MAX } else { 1 };
            for old in before.take(depth) {
                if mode.is_backward() {
                    findings.extend(self.between(old, new));
                }
                if mode.is_forward() {
                    findings.extend(self.between(new, old));
                }
            }
        }
        findings
    }

    fn between(&self, writer: &Entry, reader: &Entry) -> impl Iterator<Item = Finding> {
        let found = compare(&writer.written, &reader.read).into_iter();
        found.map(|incompatibility| Finding {
            event: self.event.clone(),
            writer: writer.version,
            reader: reader.version,
            incompatibility,
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: a reader of {} on what {} writes: {}",
            self.event, self.reader, self.writer, self.incompatibility
        )
    }
}
