use crate::fault::{Broken, Fault};
use std::error::Error as StdError;
use std::fmt;

/// Why a message could not be read or written.
///
/// Opaque: ask it by its predicates. [`position`](Self::position) says where in the input, and `source()` what
/// exactly is wrong there. The text here never contains a value of the message; what `serde_json` says about a
/// payload, in `source()`, may.
pub struct Error(Box<Inner>);

/// A place in the input, as an editor counts it. Where the input ends too early, the place behind its last byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line; the first one is 1.
    pub line: usize,
    /// The byte in the line; the first one is 1, and 0 is the place before it.
    pub column: usize,
}

struct Inner {
    kind: Kind,
    position: Option<Position>,
    cause: Option<serde_json::Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The envelope is not readable.
    Envelope(Fault),
    /// Not a CloudEvent, or not one that holds an envelope.
    CloudEvent,
    /// The payload does not fit the type named.
    Payload(&'static str),
    /// The message is of another type than the one asked for.
    OtherType(&'static str),
    /// The payload's major version is not the one that the type asked for reads.
    OtherMajor(&'static str),
    /// The event cannot be written as JSON.
    Encode(&'static str),
    /// Not a version.
    Version,
    /// Not a message id.
    MessageId,
    /// Not the name of a wire format.
    WireFormat,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(Box::new(Inner {
            kind,
            position: None,
            cause: None,
        }))
    }

    /// An envelope that cannot be read.
    #[cold]
    pub(crate) fn broken(message: &[u8], broken: &Broken) -> Self {
        Self(Box::new(Inner {
            kind: Kind::Envelope(broken.fault()),
            position: Some(Position::of(message, broken.at())),
            cause: None,
        }))
    }

    pub(crate) fn json(kind: Kind, position: Option<Position>, cause: serde_json::Error) -> Self {
        Self(Box::new(Inner {
            kind,
            position,
            cause: Some(cause),
        }))
    }

    /// Whether the message itself could not be read: not JSON, not UTF-8, over a limit, a field missing, twice, or
    /// of the wrong kind, or no valid CloudEvent.
    ///
    /// Usually the queue is bound to something that does not carry these messages.
    #[must_use]
    pub fn is_envelope(&self) -> bool {
        matches!(self.0.kind, Kind::Envelope(_) | Kind::CloudEvent)
    }

    /// Whether the message has more bytes than [`Limits::max_bytes`](crate::Limits::max_bytes).
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.0.kind == Kind::Envelope(Fault::TooLarge)
    }

    /// Whether more objects and arrays stand inside each other than
    /// [`Limits::max_depth`](crate::Limits::max_depth).
    #[must_use]
    pub fn is_too_deep(&self) -> bool {
        self.0.kind == Kind::Envelope(Fault::TooDeep)
    }

    /// Whether the message says one thing twice: the same field two times, or two names of one field with different
    /// values (`messageId` and `id`). Two readers could take it for two different messages.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Envelope(Fault::Twice(_) | Fault::Contradiction(..))
        )
    }

    /// Whether the envelope was fine and the payload does not fit its type.
    ///
    /// Usually the writer breaks the contract. Reading it again will not help.
    #[must_use]
    pub fn is_payload(&self) -> bool {
        matches!(self.0.kind, Kind::Payload(_))
    }

    /// Whether the message is of another type than the one asked for.
    #[must_use]
    pub fn is_other_type(&self) -> bool {
        matches!(self.0.kind, Kind::OtherType(_))
    }

    /// Whether the payload is of a major version that this type does not read. A newer SDK may.
    #[must_use]
    pub fn is_unsupported_version(&self) -> bool {
        matches!(self.0.kind, Kind::OtherMajor(_))
    }

    /// Whether an event could not be written: a NUL character is in its source or its correlation id, or its own
    /// `Serialize` fails.
    #[must_use]
    pub fn is_encode(&self) -> bool {
        matches!(self.0.kind, Kind::Encode(_))
    }

    /// Where in the input the trouble is, when it is in the input. Counted from the start of the whole message,
    /// for a payload too.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }
}

impl Position {
    /// The place of a byte of the message.
    pub(crate) fn of(message: &[u8], at: usize) -> Self {
        let before = message.get(..at).unwrap_or(message);
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        Self {
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
            column: 1 + before.len() - line_start,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind {
            Kind::Envelope(_) => f.write_str("the message's envelope cannot be read")?,
            Kind::CloudEvent => f.write_str("the message is not a valid CloudEvent")?,
            Kind::Payload(name) => write!(f, "the payload is not a valid {name}")?,
            Kind::OtherType(name) => write!(f, "the message is not a {name}")?,
            Kind::OtherMajor(name) => write!(f, "the message's major version of {name} is not supported")?,
            Kind::Encode(name) => write!(f, "the {name} cannot be written as JSON")?,
            Kind::Version => f.write_str("a version is two numbers, as in `1.0`")?,
            Kind::MessageId => f.write_str("a message id is neither empty nor contains a NUL character")?,
            Kind::WireFormat => {
                f.write_str(
                    "a wire format is `canonical`, `cloudevents-structured` or `cloudevents-binary`",
                )?;
            }
        }
        match self.0.position {
            Some(Position { line, column }) => write!(f, " (line {line}, column {column})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("position", &self.0.position)
            .field("cause", &self.0.cause)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match (&self.0.kind, &self.0.cause) {
            (Kind::Envelope(fault), _) => Some(fault),
            (_, Some(cause)) => Some(cause),
            _ => None,
        }
    }
}
