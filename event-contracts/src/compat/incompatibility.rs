use super::Rule;
use std::fmt;

/// One place where a reader may fail on what a writer may write.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Incompatibility {
    /// Where in the instance, as a JSON pointer: `/payload/newPrice/baseAmount`. `*` stands for any element of an
    /// array and for any other property of an object; the instance itself is the empty text.
    pub path: String,
    /// Which rule it breaks.
    pub rule: Rule,
    /// What the writer's schema says there, in short.
    pub writer: String,
    /// What the reader's schema says there, in short.
    pub reader: String,
}

impl Incompatibility {
    /// Whether it is only not known to be compatible, because the engine does not understand what the reader asks
    /// for.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.rule == Rule::Undecided
    }
}

impl fmt::Display for Incompatibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() {
            "(root)"
        } else {
            &self.path
        };
        write!(
            f,
            "{place}: {}: {} (writer: {}; reader: {}); {}",
            self.rule,
            self.rule.reason(),
            self.writer,
            self.reader,
            self.rule.remedy()
        )
    }
}
