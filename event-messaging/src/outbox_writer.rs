use crate::OutboundMessage;
use event_contracts::{Envelope, Event};
use std::error::Error as StdError;
use std::future::Future;

/// The writer's side of the outbox, as a port: rows are written in the very transaction that makes the change, and
/// so is the number that an event gets within its key.
///
/// Not needed by the [`Relay`](crate::Relay): a service writes its own rows, with this or with SQL of its own. It is
/// what the conformance suite of stores, and code that is to work over several of them, write by.
pub trait OutboxWriter: Send + Sync {
    /// What can go wrong in the store; the transaction is then rolled back by its owner.
    type Error: StdError + Send + Sync + 'static;

    /// The caller's own transaction, that of the change.
    type Transaction: Send;

    /// The next number of the key, counted in the transaction: without holes among what is committed, and unique.
    ///
    /// ```sql
    /// INSERT INTO outbox_sequences (key, last) VALUES (:key, 1)
    ///     ON CONFLICT (key) DO UPDATE SET last = outbox_sequences.last + 1 RETURNING last
    /// ```
    ///
    /// The row stays locked until the end of the transaction, which puts all writers of one key into an order.
    fn next_sequence(
        &self,
        transaction: &mut Self::Transaction,
        key: &str,
    ) -> impl Future<Output = Result<u64, Self::Error>> + Send;

    /// Writes the message behind all others of its key.
    fn enqueue(
        &self,
        transaction: &mut Self::Transaction,
        message: OutboundMessage,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Numbers the event and writes it: [`next_sequence`](Self::next_sequence) and then
    /// [`enqueue`](Self::enqueue). The envelope comes back with its number.
    ///
    /// The message has no headers. One that carries a
    /// [trace context](OutboundMessage::with_trace_context) is written by these two.
    ///
    /// # Errors
    ///
    /// What the store says, or that the event cannot be written as JSON.
    fn append<E: Event + Send>(
        &self,
        transaction: &mut Self::Transaction,
        envelope: Envelope<E>,
    ) -> impl Future<Output = Result<Envelope<E>, Self::Error>> + Send
    where
        Self::Error: From<crate::Error>,
    {
        async move {
            let key = envelope.metadata().partition_key.as_deref();
            let key = key.unwrap_or_else(|| envelope.payload().key()).to_owned();
            let sequence = self.next_sequence(transaction, &key).await?;
            let envelope = envelope.with_sequence(sequence);
            let message = OutboundMessage::from_envelope(&envelope)?;
            self.enqueue(transaction, message).await?;
            Ok(envelope)
        }
    }
}
