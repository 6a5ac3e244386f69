//! One difference between two documents.

use std::collections::BTreeSet;
use std::fmt;

use super::rule::{Class, Rule};

/// Which of the two documents a place belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The older document.
    Before,
    /// The newer document.
    After,
}

/// One difference between two documents, with its place and its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The kind of change.
    pub rule: Rule,
    /// The document that `pointer` and `line` refer to: the older one for what is no longer there.
    pub side: Side,
    /// The file's name, as the document was given it.
    pub file: String,
    /// Where it stands, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Its line, counted from 1.
    pub line: usize,
    /// What changed, with the old value and the new one.
    pub what: String,
    /// The operations that it concerns, as `GET /products`; empty when it concerns none alone.
    pub operations: BTreeSet<String>,
}

impl Change {
    /// Whether programs written for the old document may stop working.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.rule.class() == Class::Breaking
    }
}

/// `file:line: breaking: what (rule), at pointer`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, line, class) = (&self.file, self.line, self.rule.class().name());
        write!(
            f,
            "{file}:{line}: {class}: {} ({}), at {}",
            self.what,
            self.rule.name(),
            self.pointer
        )
    }
}
