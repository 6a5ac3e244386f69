use std::error::Error as StdError;
use std::fmt;

/// Why a part of this crate could not be set up.
///
/// Opaque: ask it by its predicates. What goes wrong while messages flow is not an error here: it is an
/// [`Outcome`](crate::Outcome), a counter and a retry.
pub struct Error(Kind);

#[derive(Debug)]
pub(crate) enum Kind {
    /// Configuration values that cannot work.
    Config(Vec<Problem>),
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
    /// A message without the headers of a dead letter.
    NoDeadLetter,
}

/// A configuration value, where it stands, and what it must be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    key: String,
    /// The file or the variable that it was read from.
    place: Option<String>,
    must: String,
}

impl Problem {
    pub(crate) fn new(key: impl Into<String>, must: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            place: None,
            must: must.into(),
        }
    }

    pub(crate) fn at(mut self, place: &str) -> Self {
        self.place = Some(place.to_owned());
        self
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

impl Error {
    /// `Ok` if there is nothing to complain of.
    pub(crate) fn unless_none(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Self::new(Kind::Config(problems)))
        }
    }

    /// What there is to complain of.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        match self.0 {
            Kind::Config(problems) => problems,
            _ => Vec::new(),
        }
    }

    pub(crate) fn new(kind: Kind) -> Self {
        Self(kind)
    }

    /// Whether configuration values cannot be read or are out of their range; the text names each with its range.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.0, Kind::Config(_))
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

    /// Whether a message that was to be sent again is no dead letter of a
    /// [`DeadLetterExchange`](crate::DeadLetterExchange): nobody knows where it was published.
    #[must_use]
    pub fn is_no_dead_letter(&self) -> bool {
        matches!(self.0, Kind::NoDeadLetter)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Config(problems) => {
                for (index, problem) in problems.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "; " };
                    write!(f, "{separator}{problem}")?;
                }
                Ok(())
            }
            Kind::UnknownQueue(name) => write!(f, "the queue `{name}` was never declared"),
            Kind::UnknownTopic(name) => write!(f, "the topic `{name}` was never created"),
            Kind::Pattern(text) => write!(f, "`{text}` is not a pattern of words between dots"),
            Kind::Source(_) => f.write_str("the source of messages is broken for good"),
            Kind::Encode(_) => f.write_str("the event cannot be made a message"),
            Kind::NoDeadLetter => {
                f.write_str("the message is no dead letter: it does not say where it was published")
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.key)?;
        if let Some(place) = &self.place {
            write!(f, " ({place})")?;
        }
        write!(f, " must be {}", self.must)
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
