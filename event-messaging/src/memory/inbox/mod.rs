mod park;
mod rows;
mod store;
mod transaction;

pub use transaction::InboxTransaction;

use rows::Rows;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// An inbox in this process: the reference of what the SQL of [`InboxStore`](crate::InboxStore) means, and a store for tests. Cheap to
/// clone; clones are the same inbox.
///
/// A transaction holds its writes back until it is committed, and the effects that it is given with them. Two
/// transactions of one key wait for each other, as they do where a database locks the key.
///
/// Faults can be injected: the inbox can be [down](Self::set_down), and [lose the answers](Self::lose_answers) to
/// commits.
#[derive(Clone, Default)]
pub struct Inbox(Arc<Shared>);

#[derive(Default)]
struct Shared {
    rows: Mutex<Rows>,
    /// Told whenever a transaction ends.
    unlocked: Notify,
}

/// The inbox is down, or did not say whether it has committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InboxUnavailable;

impl Inbox {
    /// An empty inbox.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the message was handled for the consumer, or given up.
    #[must_use]
    pub fn is_handled(&self, consumer: &str, message_id: &str) -> bool {
        let entry = (consumer.to_owned(), message_id.to_owned());
        self.0.rows().handled.contains_key(&entry)
    }

    /// Whether the message was given up, and is remembered as such.
    #[must_use]
    pub fn is_given_up(&self, consumer: &str, message_id: &str) -> bool {
        let entry = (consumer.to_owned(), message_id.to_owned());
        let rows = self.0.rows();
        rows.handled
            .get(&entry)
            .is_some_and(|handled| handled.is_given_up)
    }

    /// The ids of the messages that are parked for the consumer, in the order of their arrival.
    #[must_use]
    pub fn parked_ids(&self, consumer: &str) -> Vec<String> {
        let rows = self.0.rows();
        let parked = rows.park.of(consumer);
        parked.map(|row| row.content.message_id.to_string()).collect()
    }

    /// Makes every call fail, or work again. Transactions that are open cannot commit while it is down.
    pub fn set_down(&self, is_down: bool) {
        self.0.rows().is_down = is_down;
    }

    /// Makes the next `commits` take effect and answer with an error, as when a connection breaks at the wrong moment.
    pub fn lose_answers(&self, commits: u32) {
        self.0.rows().answers_to_lose = commits;
    }

    /// How often the inbox was called, also while it was down.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.0.rows().calls
    }

    fn up(&self) -> Result<MutexGuard<'_, Rows>, InboxUnavailable> {
        self.0.up()
    }
}

impl Shared {
    /// Whole after every step, so a panic elsewhere does not spoil it.
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn up(&self) -> Result<MutexGuard<'_, Rows>, InboxUnavailable> {
        let mut rows = self.rows();
        rows.calls += 1;
        if rows.is_down {
            return Err(InboxUnavailable);
        }
        Ok(rows)
    }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.0.rows();
        f.debug_struct("Inbox")
            .field("handled", &rows.handled.len())
            .field("parked", &rows.park.len())
            .field("is_down", &rows.is_down)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for InboxUnavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the inbox is not available")
    }
}

impl std::error::Error for InboxUnavailable {}
