use std::error::Error as StdError;
use std::fmt;

/// What a source or a delivery of the transports in [`memory`](super) can meet.
///
/// Opaque: ask it by its predicates.
#[derive(Debug)]
pub struct TransportError(Kind);

#[derive(Debug)]
pub(super) enum Kind {
    /// The queue or topic, by its name.
    Deleted(String),
    /// The delivery's connection was lost, and the message is in its queue again.
    Disconnected,
    /// The partition, by its name, is not this consumer's.
    Fenced(String),
    /// A commit beyond what was read.
    Ahead { partition: String, read: u64 },
    /// What the broker's process says.
    #[cfg(all(feature = "process", unix))]
    Refused(String),
    #[cfg(all(feature = "process", unix))]
    Io(std::io::Error),
}

impl TransportError {
    pub(super) fn new(kind: Kind) -> Self {
        Self(kind)
    }

    /// Whether the queue or topic was deleted: no more messages will ever come. Declare it anew, and subscribe.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        matches!(self.0, Kind::Deleted(_))
    }

    /// Whether the connection was lost since: an unsettled message was given back, and comes again.
    #[must_use]
    pub fn is_disconnected(&self) -> bool {
        match &self.0 {
            Kind::Disconnected => true,
            #[cfg(all(feature = "process", unix))]
            Kind::Io(_) => true,
            _ => false,
        }
    }

    /// Whether the partition belongs to another consumer of the group by now: abandon what is in flight of it.
    #[must_use]
    pub fn is_fenced(&self) -> bool {
        matches!(self.0, Kind::Fenced(_))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Deleted(name) => write!(f, "`{name}` was deleted"),
            Kind::Disconnected => f.write_str("the connection was lost, and the message comes again"),
            Kind::Fenced(partition) => write!(f, "{partition} is not this consumer's"),
            Kind::Ahead { partition, read } => {
                write!(f, "of {partition} only what is below {read} was read")
            }
            #[cfg(all(feature = "process", unix))]
            Kind::Refused(why) => write!(f, "the broker refused: {why}"),
            #[cfg(all(feature = "process", unix))]
            Kind::Io(_) => f.write_str("the broker cannot be reached"),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            #[cfg(all(feature = "process", unix))]
            Kind::Io(cause) => Some(cause),
            _ => None,
        }
    }
}
