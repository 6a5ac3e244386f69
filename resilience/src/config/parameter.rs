use std::fmt;

use super::access::Access;
use super::document::Value;
use crate::settings::Settings;

/// One setting of a policy, as the table of `CONFIGURATION.md` describes it.
pub struct Parameter {
    key: &'static str,
    minimum: Option<Limit>,
    maximum: Option<Limit>,
    names: &'static str,
    beside: &'static str,
    source: &'static str,
    only_with: Option<(&'static str, &'static str)>,
    pub(super) access: &'static dyn Access,
}

/// One end of the range of a [`Parameter`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    value: &'static str,
    is_included: bool,
}

impl Limit {
    /// The value, as a file or a variable has it.
    #[must_use]
    pub fn value(self) -> &'static str {
        self.value
    }

    /// Whether the value itself is in the range.
    #[must_use]
    pub fn is_included(self) -> bool {
        self.is_included
    }
}

impl Parameter {
    pub(super) const fn new(key: &'static str, access: &'static dyn Access, source: &'static str) -> Self {
        Self {
            key,
            minimum: None,
            maximum: None,
            names: "",
            beside: "",
            source,
            only_with: None,
            access,
        }
    }

    pub(super) const fn from(mut self, value: &'static str) -> Self {
        self.minimum = Some(Limit {
            value,
            is_included: true,
        });
        self
    }

    pub(super) const fn above(mut self, value: &'static str) -> Self {
        self.minimum = Some(Limit {
            value,
            is_included: false,
        });
        self
    }

    pub(super) const fn to(mut self, value: &'static str) -> Self {
        self.maximum = Some(Limit {
            value,
            is_included: true,
        });
        self
    }

    pub(super) const fn below(mut self, value: &'static str) -> Self {
        self.maximum = Some(Limit {
            value,
            is_included: false,
        });
        self
    }

    pub(super) const fn named(mut self, names: &'static str) -> Self {
        self.names = names;
        self
    }

    /// In words, what other settings demand of it.
    pub(super) const fn beside(mut self, words: &'static str) -> Self {
        self.beside = words;
        self
    }

    /// Means something only while the setting `key` has the value `name`.
    pub(super) const fn only_with(mut self, key: &'static str, name: &'static str) -> Self {
        self.only_with = Some((key, name));
        self
    }

    /// Its key below a target or an operation, such as `retry.max_retries`.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// What a value is: `duration`, `count`, `number`, `true or false`, or a name.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        self.access.unit()
    }

    /// Its value in [`Settings::default`], as a file has it. For a part that is off by default: the value it has
    /// once the part is on.
    #[must_use]
    pub fn default(&self) -> String {
        match self.access.read(&Settings::default()) {
            Value::Switch(value) => value.to_string(),
            Value::Whole(value) => value.to_string(),
            Value::Number(value) => value.to_string(),
            Value::Text(value) => value,
            Value::Other => String::new(),
        }
    }

    /// Where the default comes from.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// The smallest value, if there is one. See also [`relation`](Self::relation).
    #[must_use]
    pub fn minimum(&self) -> Option<Limit> {
        self.minimum
    }

    /// The largest value, if there is one. See also [`relation`](Self::relation).
    #[must_use]
    pub fn maximum(&self) -> Option<Limit> {
        self.maximum
    }

    /// The names that may be written, a comma between them; empty if it takes none.
    #[must_use]
    pub fn names(&self) -> &'static str {
        self.names
    }

    /// What other settings demand of it, in words; empty if nothing.
    #[must_use]
    pub fn relation(&self) -> &'static str {
        self.beside
    }

    /// The setting that must have a certain value for this one to mean anything, and that value.
    #[must_use]
    pub fn requires(&self) -> Option<(&'static str, &'static str)> {
        self.only_with
    }
}

impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameter")
            .field("key", &self.key)
            .field("unit", &self.unit())
            .field("default", &self.default())
            .finish_non_exhaustive()
    }
}
