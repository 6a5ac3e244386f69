use std::time::Duration;

/// Why a message was put among the dead letters, in the words that travel with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// What kind of trouble.
    pub kind: FailureKind,
    /// The error and its causes, as text. A handler's own words: it must keep secrets out of them.
    pub reason: String,
    /// How often the handler was called for the message; 0 when it could not be decoded.
    pub attempts: u32,
    /// How long the message was tried, from its first attempt on.
    pub tried_for: Duration,
    /// The consumer that gave it up.
    pub consumer: String,
}

/// What kind of trouble a dead letter is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The bytes are no message of ours, or the payload breaks its contract. Trying again does not help.
    Undecodable,
    /// The type of event is not known to the handler, and the policy is to put such messages aside.
    UnknownType,
    /// The handler said that trying again does not help.
    Permanent,
    /// The handler failed until its retries were spent.
    Exhausted,
}

impl FailureKind {
    /// The name, in lower case, as it stands in a header.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undecodable => "undecodable",
            Self::UnknownType => "unknown-type",
            Self::Permanent => "permanent",
            Self::Exhausted => "exhausted",
        }
    }
}

impl Failure {
    /// A failure of `kind` for `reason`, of a consumer called `consumer`; nothing tried yet.
    #[must_use]
    pub fn new(kind: FailureKind, reason: impl Into<String>, consumer: impl Into<String>) -> Self {
        Self {
            kind,
            reason: reason.into(),
            attempts: 0,
            tried_for: Duration::ZERO,
            consumer: consumer.into(),
        }
    }
}
