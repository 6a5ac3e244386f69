use std::error::Error;
use std::fmt;

/// A text that is not what its type asks for.
///
/// It names the type and the reason, never the text itself: what was refused may be somebody's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    what: &'static str,
    reason: &'static str,
}

impl ParseError {
    pub(crate) const fn new(what: &'static str, reason: &'static str) -> Self {
        Self { what, reason }
    }

    /// What was to be read, in words: `"decimal"`, `"timestamp"`, …
    #[must_use]
    pub const fn what(&self) -> &'static str {
        self.what
    }

    /// Why the text was refused, as one lower-case phrase.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid {}: {}", self.what, self.reason)
    }
}

impl Error for ParseError {}
