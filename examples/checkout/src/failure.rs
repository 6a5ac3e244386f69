//! The one error of the example.

use std::error::Error;
use std::fmt;

type Cause = Box<dyn Error + Send + Sync>;

/// Why the example could not go on: what was being done, what to do about it where that is known, and the cause.
#[derive(Debug)]
pub struct Failure {
    message: String,
    cause: Option<Cause>,
}

impl Failure {
    /// A failure that is its own cause.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            cause: None,
        }
    }

    /// A failure of this level, with the lower one behind it.
    pub fn because(message: impl Into<String>, cause: impl Into<Cause>) -> Self {
        Self {
            message: message.into(),
            cause: Some(cause.into()),
        }
    }

    /// The whole chain of causes as one line, for a terminal.
    #[must_use]
    pub fn one_line(&self) -> String {
        let mut line = self.to_string();
        let mut cause = self.source();
        while let Some(level) = cause {
            line.push_str(": ");
            line.push_str(&level.to_string());
            cause = level.source();
        }
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn Error + 'static))
    }
}
