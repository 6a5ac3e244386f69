use crate::{Failure, Received};
use std::error::Error as StdError;
use std::future::Future;
use std::sync::Arc;

/// Where messages go that cannot be handled: whole, with the reason, the attempts and the original routing, so
/// that somebody can look at them and send them again.
///
/// A message is taken out of its queue (or counted as done, in a log) only after it is safe here. A crash in between
/// puts it here twice, with the same message id where it has one that can be read.
///
/// With an inbox, a message that was given up is remembered like one that was handled. Sent again under its old id while
/// it is remembered, it is acknowledged as a duplicate and the handler is not called: give it a new message id.
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
