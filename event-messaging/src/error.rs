use std::error::Error as StdError;
use std::fmt;

/// Why a part of this crate could not be set up.
///
/// Opaque: ask it by its predicates. What goes wrong while messages flow is not an error here: it is an
/// [`Outcome`](crate::Outcome), a counter and a retry.
pub struct Error(Kind);

#[derive(Debug)]
pub(crate) enum Kind {
    /// A configuration value, named, and what it must be.
    Config { key: &'static str, must: &'static str },
    /// A queue that was never declared.
    UnknownQueue(String),
    /// A topic that was never created.
    UnknownTopic(String),
    /// A binding pattern with an empty word.
    Pattern(String),
    /// A source that is broken for good.
    Source(Box<dyn StdError + Send + Sync>),
    /// An envelope that cannot be written.
    Encode(event_contracts::Error),
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(kind)
    }

    /// Whether a configuration value is out of its range; the text names the value and the range.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.0, Kind::Config { .. })
    }

    /// Whether a binding named a queue that was never declared.
    #[must_use]
    pub fn is_unknown_queue(&self) -> bool {
        matches!(self.0, Kind::UnknownQueue(_))
    }

    /// Whether a consumer named a topic that was never created.
    #[must_use]
    pub fn is_unknown_topic(&self) -> bool {
        matches!(self.0, Kind::UnknownTopic(_))
    }

    /// Whether a binding's pattern is not made of words between dots.
    #[must_use]
    pub fn is_pattern(&self) -> bool {
        matches!(self.0, Kind::Pattern(_))
    }

    /// Whether a source ended for good: its queue was deleted, for one; the cause is in `source()`.
    #[must_use]
    pub fn is_source(&self) -> bool {
        matches!(self.0, Kind::Source(_))
    }

    /// Whether an event could not be written as JSON; the cause is in `source()`.
    #[must_use]
    pub fn is_encode(&self) -> bool {
        matches!(self.0, Kind::Encode(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Config { key, must } => write!(f, "`{key}` must be {must}"),
            Kind::UnknownQueue(name) => write!(f, "the queue `{name}` was never declared"),
            Kind::UnknownTopic(name) => write!(f, "the topic `{name}` was never created"),
            Kind::Pattern(text) => write!(f, "`{text}` is not a pattern of words between dots"),
            Kind::Source(_) => f.write_str("the source of messages is broken for good"),
            Kind::Encode(_) => f.write_str("the event cannot be made a message"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Error").field(&self.0).finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            Kind::Encode(cause) => Some(cause),
            Kind::Source(cause) => Some(&**cause),
            _ => None,
        }
    }
}
