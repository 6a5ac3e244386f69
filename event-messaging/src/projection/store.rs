use super::{Position, Stamp};
use std::error::Error as StdError;
use std::future::Future;

/// Where a projection lives, as a port: its rows, the [`Position`] of each, and how far the start has come. No type of
/// a database driver appears here; the transaction is the store's own, the same that the
/// [inbox](crate::InboxStore) opens and the handler gets.
///
/// ```sql
/// CREATE TABLE positions (
///     key         TEXT PRIMARY KEY,
///     sequence    INTEGER,
///     as_of       TEXT NOT NULL,            -- or two integers; nanoseconds count
///     is_by_instant INTEGER NOT NULL,
///     message_id  TEXT,
///     level       INTEGER,
///     is_gone     INTEGER NOT NULL DEFAULT 0
/// );
/// CREATE TABLE projection_progress (name TEXT PRIMARY KEY, is_complete INTEGER NOT NULL, after TEXT);
/// ```
///
/// A position outlives its row: it is what keeps an old page, or a late event, from bringing a deleted key back. It may
/// be removed when neither can come any more, after the inbox's retention.
pub trait ProjectionStore: Send + Sync {
    /// A transaction that is open. Dropped, it rolls back.
    type Transaction: Send;

    /// The events that change the projection.
    type Event: Send + Sync;

    /// What a [`SnapshotSource`](super::SnapshotSource) reads of a key.
    type Payload: Send + Sync;

    /// What can go wrong in the store. The event is tried again, and so is the page.
    type Error: StdError + Send + Sync + 'static;

    /// Which key an event changes, and its place: [`Stamp::new`] with the key and the event's metadata.
    fn stamp(&self, event: &Self::Event) -> Stamp;

    /// Opens a transaction that may write, for a page or a repair.
    fn begin(&self) -> impl Future<Output = Result<Self::Transaction, Self::Error>> + Send;

    /// Commits it.
    fn commit(&self, transaction: Self::Transaction) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// How far a key has come; `None` when nothing was ever known of it. Nobody else may change the key until the
    /// transaction ends: in SQLite a writing transaction is alone anyway; in PostgreSQL take
    /// `pg_advisory_xact_lock(hashtext(key))` first, because a row that is not there cannot be locked. Keys of one
    /// transaction are asked for in ascending order.
    fn position(
        &self,
        transaction: &mut Self::Transaction,
        key: &str,
    ) -> impl Future<Output = Result<Option<Position>, Self::Error>> + Send;

    /// Applies an event to its key, and writes the position. An event of a type that the projection does not care for
    /// changes the position only. It may come for a key without a row.
    fn apply(
        &self,
        transaction: &mut Self::Transaction,
        event: &Self::Event,
        key: &str,
        position: &Position,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Makes the key what the source says, and writes the position; `None`: the key is gone.
    fn replace(
        &self,
        transaction: &mut Self::Transaction,
        key: &str,
        payload: Option<&Self::Payload>,
        position: &Position,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Writes the position alone.
    fn note(
        &self,
        transaction: &mut Self::Transaction,
        key: &str,
        position: &Position,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Whether the key's row is what the source says. Asked at a reconciliation, of a key whose position is the
    /// source's own.
    fn is_same(
        &self,
        transaction: &mut Self::Transaction,
        key: &str,
        payload: &Self::Payload,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// Up to `limit` keys that have a row, above `after` and not above `up_to`, in ascending order of their bytes (in
    /// PostgreSQL `COLLATE "C"`). A transaction of its own.
    fn keys(
        &self,
        after: Option<&str>,
        up_to: Option<&str>,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<String>, Self::Error>> + Send;

    /// How far the start has come. As with a position, nobody else may change it until the transaction ends.
    fn progress(
        &self,
        transaction: &mut Self::Transaction,
    ) -> impl Future<Output = Result<Progress, Self::Error>> + Send;

    /// Writes how far the start has come, in the transaction that holds the page.
    fn set_progress(
        &self,
        transaction: &mut Self::Transaction,
        progress: &Progress,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// How far the start of a projection has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// No page was applied.
    #[default]
    None,
    /// All pages before this one were applied.
    Before(String),
    /// All pages were applied.
    Complete,
}

impl Progress {
    /// Which page is to be asked for next, if any is.
    pub(super) fn next_page(&self) -> Option<Option<&str>> {
        match self {
            Self::None => Some(None),
            Self::Before(page) => Some(Some(page)),
            Self::Complete => None,
        }
    }
}
