use std::future::Future;

/// The way in: a queue of a broker, each of whose messages is settled on its own.
pub trait Source: Send {
    /// A message that is this consumer's until it is settled.
    type Delivery: Delivery;

    /// Waits for the next message; `None` when there will be no more.
    ///
    /// Cancel safe: when the future is dropped, no message is lost.
    fn recv(&mut self) -> impl Future<Output = Option<Self::Delivery>> + Send;
}

/// A message that was delivered and is not settled yet.
///
/// It is settled by giving it away: [`ack`](Self::ack) or [`reject`](Self::reject). One that is dropped goes back
/// to its queue, in its old place, and is delivered again.
pub trait Delivery: Send {
    /// The bytes.
    fn body(&self) -> &[u8];

    /// The routing key it was published with.
    fn routing_key(&self) -> &str;

    /// A header that the transport carried.
    fn header(&self, name: &str) -> Option<&str>;

    /// Whether it may have been delivered before.
    fn is_redelivered(&self) -> bool;

    /// Takes the message out of the queue: its effect is done.
    fn ack(self) -> impl Future<Output = ()> + Send;

    /// Takes the message out of the queue because it can never be handled, and puts it aside with the reason.
    fn reject(self, reason: &str) -> impl Future<Output = ()> + Send;
}
