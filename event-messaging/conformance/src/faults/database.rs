use event_contracts::MessageId;
use event_messaging::{HandlerError, InboxStore, OutboxStore, OutboxWriter};
use std::future::Future;
use std::path::Path;

/// A database under test: an outbox, an inbox, and beside them a table of effects such as a service has.
///
/// Several processes open the same one. Setting up and looking may panic: they are parts of a test.
pub trait Database: Sized + Send + Sync + 'static {
    /// The transaction of the writer, and of the handler.
    type Transaction: Send;

    /// The outbox, as its relay and its writers have it.
    type Outbox: OutboxStore + OutboxWriter<Transaction = Self::Transaction> + 'static;

    /// The inbox.
    type Inbox: InboxStore<Transaction = Self::Transaction> + 'static;

    /// Opens the database of `folder`, and makes it with all tables when it is not there. The folder is one test's
    /// alone; its name is unique on this machine, and files in it are removed after the test.
    fn open(folder: &Path) -> impl Future<Output = Self> + Send;

    /// The outbox.
    fn outbox(&self) -> Self::Outbox;

    /// The inbox.
    fn inbox(&self) -> Self::Inbox;

    /// Writes an effect in the handler's transaction. An effect that was written before is written again: the suite
    /// counts.
    ///
    /// # Errors
    ///
    /// What the database says.
    fn write_effect(
        transaction: &mut Self::Transaction,
        effect: &Effect,
    ) -> impl Future<Output = Result<(), HandlerError>> + Send;

    /// The greatest sequence among the effects of a key, as the transaction sees it.
    ///
    /// # Errors
    ///
    /// What the database says.
    fn last_sequence(
        transaction: &mut Self::Transaction,
        key: &str,
    ) -> impl Future<Output = Result<Option<u64>, HandlerError>> + Send;

    /// The effects that are committed, within each key in the order of their commits.
    fn effects(&self) -> impl Future<Output = Vec<Effect>> + Send;
}

/// What a handler leaves behind of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The event's key.
    pub key: String,
    /// Its number within the key.
    pub sequence: u64,
    /// The message that told of it.
    pub message_id: MessageId,
    /// The process that handled it.
    pub process: String,
}
