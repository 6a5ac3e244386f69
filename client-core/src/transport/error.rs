//! Why there is no whole answer.

use std::error::Error as StdError;
use std::fmt;

/// An exchange without a whole answer. The one question it answers: can the service have seen the request?
#[derive(Debug)]
pub struct TransportError {
    kind: Kind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Connect,
    Interrupted,
    Unsendable,
    TooLarge { limit: usize },
}

impl TransportError {
    /// There was no connection: not one byte of the request was sent. It is retried whatever the operation.
    ///
    /// When in doubt, say [`interrupted`](Self::interrupted): a repetition of what was processed is the worse mistake.
    #[must_use]
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: Kind::Connect,
            source: Some(source.into()),
        }
    }

    /// The exchange broke off, and the service may have processed the request. Retried when the operation is idempotent.
    #[must_use]
    pub fn interrupted(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: Kind::Interrupted,
            source: Some(source.into()),
        }
    }

    /// The transport can't send such a request. Nothing was sent, and a repetition fails the same way.
    #[must_use]
    pub fn unsendable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: Kind::Unsendable,
            source: Some(source.into()),
        }
    }

    /// The answer is larger than the transport accepts, in bytes. A repetition would be as large.
    #[must_use]
    pub fn response_too_large(limit: usize) -> Self {
        Self {
            kind: Kind::TooLarge { limit },
            source: None,
        }
    }

    /// Whether the request certainly never reached the service because there was no connection.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind == Kind::Connect
    }

    /// Whether the exchange broke off after the request may have been sent.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.kind == Kind::Interrupted
    }

    /// Whether the transport can't send such a request.
    #[must_use]
    pub fn is_unsendable(&self) -> bool {
        self.kind == Kind::Unsendable
    }

    /// Whether the answer was larger than the transport accepts, and the limit in bytes.
    #[must_use]
    pub fn too_large(&self) -> Option<usize> {
        match self.kind {
            Kind::TooLarge { limit } => Some(limit),
            Kind::Connect | Kind::Interrupted | Kind::Unsendable => None,
        }
    }

    /// Whether the service can have seen the request.
    pub(crate) fn may_have_been_sent(&self) -> bool {
        match self.kind {
            Kind::Connect | Kind::Unsendable => false,
            Kind::Interrupted | Kind::TooLarge { .. } => true,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Connect => f.write_str("no connection to the service"),
            Kind::Interrupted => f.write_str("exchange broke off before the answer was complete"),
            Kind::Unsendable => f.write_str("transport can't send such a request"),
            Kind::TooLarge { limit } => write!(f, "answer is larger than {limit} bytes"),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|cause| cause as _)
    }
}
