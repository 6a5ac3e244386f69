use super::Invalid;
use std::collections::BTreeMap;
use std::fmt;

/// Why the catalogue does not do what it was asked to. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The input breaks a rule that can be told from the input and the catalogue's references.
    Invalid(Invalid),
    /// There is no such thing, or the caller may not see it. Holds its kind: `product`.
    NotFound(&'static str),
    /// It contradicts what is there: a name or SKU that is taken, an illegal transition.
    Conflict {
        /// One sentence for people.
        message: String,
        /// The field that contradicts, and how.
        details: BTreeMap<String, String>,
    },
    /// The thing is no longer the one that the caller has seen.
    Changed,
}

impl Refusal {
    pub(crate) fn conflict(message: impl Into<String>, field: &str, problem: impl Into<String>) -> Self {
        Self::Conflict {
            message: message.into(),
            details: BTreeMap::from([(field.to_owned(), problem.into())]),
        }
    }
}

impl From<Invalid> for Refusal {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => {
                let mut separator = "";
                for (field, message) in invalid.details() {
                    write!(f, "{separator}{field} {message}")?;
                    separator = "; ";
                }
                Ok(())
            }
            Self::NotFound(what) => write!(f, "there is no such {what}"),
            Self::Conflict { message, .. } => f.write_str(message),
            Self::Changed => f.write_str("it has been changed in the meantime"),
        }
    }
}
