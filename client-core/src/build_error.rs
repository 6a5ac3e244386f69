//! Why a request could not be made.

use std::error::Error as StdError;
use std::fmt;

/// A request that could not be made of the arguments given. Nothing was sent.
///
/// It is a mistake of the caller, the same on every repetition. It names what was wrong and never shows the value.
#[derive(Debug)]
pub struct BuildError {
    problem: Box<Problem>,
}

#[derive(Debug)]
pub(crate) enum Problem {
    MissingParameter { name: String },
    UnknownParameter { name: String },
    EmptyParameter { name: String },
    DotSegment { segment: String },
    Header { name: &'static str },
    Body(serde_json::Error),
    TooLong,
    Server { base: &'static str },
    CorrelationId,
    IdempotencyKey,
    Target(http::uri::InvalidUriParts),
    Policy(Box<dyn StdError + Send + Sync>),
    Transport(Box<dyn StdError + Send + Sync>),
}

impl BuildError {
    pub(crate) fn new(problem: Problem) -> Self {
        Self {
            problem: Box::new(problem),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.problem {
            Problem::MissingParameter { name } => write!(f, "path parameter `{name}` is missing"),
            Problem::UnknownParameter { name } => write!(f, "path has no parameter `{name}`"),
            Problem::EmptyParameter { name } => write!(f, "path parameter `{name}` is empty"),
            Problem::DotSegment { segment } => {
                write!(
                    f,
                    "path segment `{segment}` would be `.` or `..`, which can't be sent"
                )
            }
            Problem::Header { name } => write!(f, "header `{name}` holds what no header may hold"),
            Problem::Body(_) => f.write_str("body can't be written as JSON"),
            Problem::TooLong => f.write_str("path and query are too long"),
            Problem::Server { base } => {
                write!(
                    f,
                    "base URL does not end in `{base}`, beside which this path lies"
                )
            }
            Problem::CorrelationId => {
                f.write_str("correlation id is not 1 to 128 characters of letters, digits and `._:-`")
            }
            Problem::IdempotencyKey => {
                f.write_str("idempotency key is not 1 to 255 visible ASCII characters")
            }
            Problem::Target(_) => f.write_str("path does not fit the base URL"),
            Problem::Policy(_) => f.write_str("timeouts and retries don't fit together"),
            Problem::Transport(_) => f.write_str("transport can't send such a request"),
        }
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.problem {
            Problem::Body(cause) => Some(cause),
            Problem::Target(cause) => Some(cause),
            Problem::Policy(cause) | Problem::Transport(cause) => Some(&**cause),
            _ => None,
        }
    }
}
