use crate::OutboundMessage;
use std::fmt;

/// Told of every change of what a broker or a log holds, in the order of the changes; a journal, for one. It is
/// called under locks, so it only takes notes.
pub(super) trait Recorder: fmt::Debug + Send + Sync {
    /// A queue holds a message in that place.
    fn stored(&self, queue: &str, place: u64, message: &OutboundMessage);

    /// The message in that place is done.
    fn settled(&self, queue: &str, place: u64);

    /// A partition of a log ends with that record.
    fn appended(&self, topic: &str, partition: u32, message: &OutboundMessage);

    /// A group has done all below `next`.
    fn committed(&self, topic: &str, group: &str, partition: u32, next: u64);
}
