//! How an error shows itself, and its cause.

use std::error::Error as StdError;
use std::fmt;

use super::{Error, ErrorKind};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.inner.facts.operation;
        match &self.inner.kind {
            ErrorKind::Build(_) => write!(f, "request of {operation} could not be made"),
            ErrorKind::Credentials(_) => write!(f, "no token for {operation}"),
            ErrorKind::CircuitOpen { .. } => write!(f, "circuit of {operation} is open"),
            ErrorKind::Connect(_) => write!(f, "no connection for {operation}"),
            ErrorKind::Timeout { .. } => write!(f, "no answer to {operation} in time"),
            ErrorKind::Transport(_) => write!(f, "connection lost during {operation}"),
            ErrorKind::Api(answer) => write!(f, "{operation} was answered with status {}", answer.status),
            ErrorKind::Decode(_) => write!(f, "answer to {operation} was not understood"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.inner.kind)
            .field("facts", &self.inner.facts)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.inner.kind {
            ErrorKind::Build(cause) => Some(cause),
            ErrorKind::Credentials(cause) => Some(cause),
            ErrorKind::Connect(cause) | ErrorKind::Transport(cause) => Some(cause),
            ErrorKind::Decode(cause) => Some(cause),
            // The answer is told whole by the phrase above and by `api()`.
            ErrorKind::Api(_) => None,
            ErrorKind::CircuitOpen { last } | ErrorKind::Timeout { last } => {
                last.as_deref().map(|failure| failure as _)
            }
        }
    }
}
