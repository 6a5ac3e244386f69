use crate::{Failure, Received};
use std::error::Error as StdError;
use std::future::Future;
use std::sync::Arc;

/// Where messages go that cannot be handled: whole, with the reason, the attempts and the original routing, so
/// that somebody can look at them and send them again.
///
/// A message is taken out of its queue (or counted as done, in a log) only after it is safe here.
///
/// # Sending one again
///
/// With an inbox, a message that was given up is remembered, so that a redelivery does not reach the handler after the
/// key went on. To be handled after all it must be **redriven**: sent again under its old id with the header
/// [`REDRIVEN_AT`](crate::REDRIVEN_AT), as [`OutboundMessage::from_dead_letter`](crate::OutboundMessage::from_dead_letter)
/// makes it. Then it takes a new place in the order of its key, behind those that came in between; it has all its retries;
/// it has its effect once, however often it is sent; and when it fails again, there is a new letter, which may be redriven
/// too. Without the header it is acknowledged as a duplicate. It may be redriven within
/// [`redrive_window`](crate::InboxConfig::redrive_window); after that, others may have forgotten that they handled it.
///
/// # A letter is no proof
///
/// A message is put here **at least once**, and remembered as given up after that. When the process dies in between, it
/// comes again (from its queue, its log or the park), and is tried again: it may be put here a second time, with the same
/// id where it has one that can be read, **or it may take effect**. Then the letter is of a message that was handled;
/// redriven, it is absorbed. And a redriven message that was given up again, but not acknowledged, comes again with its
/// header, and is tried again.
pub trait DeadLetters: Send + Sync {
    /// Why a message could not be put here. The consumer keeps it, and tries again with back-off.
    type Error: StdError + Send + Sync + 'static;

    /// Keeps the message, and what is said of it.
    ///
    /// The call may be dropped before it has an answer: at the consumer's
    /// [`call_timeout`](crate::ConsumerConfig::call_timeout), and then the message is put here again, or at its end.
    fn put<R: Received>(
        &self,
        message: &R,
        failure: &Failure,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

impl<D: DeadLetters> DeadLetters for Arc<D> {
    type Error = D::Error;

    fn put<R: Received>(
        &self,
        message: &R,
        failure: &Failure,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send {
        D::put(self, message, failure)
    }
}
