use crate::Received;
use std::error::Error as StdError;
use std::future::Future;

/// The way in from a **queue**: each message is settled on its own, in any order.
///
/// Order within a key reaches a consumer only when no two consumers take messages of one key at the same time. On
/// RabbitMQ that is one queue with a single active consumer, or many of them behind a consistent-hash exchange.
pub trait Source: Send {
    /// A message that is this consumer's until it is settled.
    type Delivery: Delivery;

    /// Why there will be no more messages: the queue was deleted, the credentials were refused. What can be
    /// repaired (a lost connection) the source repairs itself, and waits.
    type Error: StdError + Send + Sync + 'static;

    /// Waits for the next message; `None` when the source was closed on purpose.
    ///
    /// Cancel safe: when the future is dropped, no message is lost.
    ///
    /// # Errors
    ///
    /// When the source is broken for good. The consumer then drains and ends with this error, never in silence.
    fn recv(&mut self) -> impl Future<Output = Result<Option<Self::Delivery>, Self::Error>> + Send;
}

/// A message that was delivered and is not settled yet.
///
/// It is settled by giving it away with [`ack`](Self::ack). One that is dropped goes back to its queue, in its old
/// place where the broker can do that, and is delivered again. A message that cannot be handled is put among the
/// [dead letters](crate::DeadLetters) first, and then acknowledged like any other.
pub trait Delivery: Received {
    /// Why it could not be settled: mostly a channel that is gone. The message will be delivered again.
    type Error: StdError + Send + Sync + 'static;

    /// Takes the message out of the queue: its effect is done.
    ///
    /// It must end when the connection does. The consumer has no limit of its own for it: a message whose
    /// acknowledgement was given up halfway might come again behind the next one of its key, which was acknowledged.
    ///
    /// # Errors
    ///
    /// When the broker could not be told.
    fn ack(self) -> impl Future<Output = Result<(), Self::Error>> + Send;
}
