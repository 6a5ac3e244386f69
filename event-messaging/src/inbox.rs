use crate::parking::{NewlyParked, Parked, ParkedLease};
use event_contracts::MessageId;
use std::convert::Infallible;
use std::error::Error as StdError;
use std::future::Future;
use std::time::Duration;

/// The inbox, as a port: a table beside the consumer's own tables, into which the id of every message is written
/// **in the transaction that holds the handler's effect**. Effect and row are committed together or not at all, so
/// a message that comes again finds the row, and the effect happens exactly once.
///
/// The transaction is the store's own type: a handler gets it and writes with it. No type of a database driver
/// appears here; that is for the crate that implements the port.
///
/// Any call may be dropped before it has an answer: at the consumer's
/// [`call_timeout`](crate::ConsumerConfig::call_timeout), and then the store counts as failed, or at its end.
///
/// # The tables
///
/// ```sql
/// CREATE TABLE inbox (
///     consumer    TEXT NOT NULL,           -- several consumers may share a database
///     message_id  TEXT NOT NULL,
///     handled_at  INTEGER NOT NULL,        -- Unix milliseconds
///     PRIMARY KEY (consumer, message_id)
/// );
/// CREATE INDEX inbox_age ON inbox (consumer, handled_at);
///
/// CREATE TABLE parked (
///     id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- within one key: the order of arrival
///     consumer    TEXT NOT NULL,
///     key         TEXT NOT NULL,
///     message_id  TEXT NOT NULL,
///     exchange    TEXT NOT NULL,
///     routing_key TEXT NOT NULL,
///     content_type TEXT,
///     headers     TEXT NOT NULL,           -- a JSON object of strings
///     body        BLOB NOT NULL,
///     attempts    INTEGER NOT NULL,
///     first_tried_at INTEGER NOT NULL,
///     not_before  INTEGER NOT NULL,
///     lease_until INTEGER NOT NULL DEFAULT 0,
///     fence       INTEGER NOT NULL DEFAULT 0,
///     reason      TEXT NOT NULL,
///     UNIQUE (consumer, message_id)
/// );
/// CREATE INDEX parked_by_key ON parked (consumer, key, id);
/// ```
///
/// A **parked** key is one whose first message waits for a late retry. It has left the broker, so that it blocks
/// nobody else; those that come behind it in its key are parked behind it, so that none overtakes. See
/// [`Parked`].
pub trait InboxStore: Send + Sync {
    /// What can go wrong in the store. The consumer gives the message back and tries again, with back-off.
    type Error: StdError + Send + Sync + 'static;

    /// A transaction that is open. Dropped, it rolls back.
    type Transaction: Send;

    /// Whether anything is remembered at all: false for [`NoInbox`] only, and then messages need not be identified.
    const REMEMBERS: bool = true;

    /// Whether the store keeps parked messages. One that does not has a consumer hold a failed message, and its
    /// key, for all its retries.
    const PARKS: bool;

    /// Opens a transaction that may write.
    fn begin(&self) -> impl Future<Output = Result<Self::Transaction, Self::Error>> + Send;

    /// Writes the message's row, unless it is there already or its key is parked.
    ///
    /// Of two transactions with one message, the second waits for the first, and then finds its row or none:
    ///
    /// ```sql
    /// SELECT 1 FROM inbox WHERE consumer = :consumer AND message_id = :message_id;   -- Duplicate
    /// SELECT 1 FROM parked WHERE consumer = :consumer AND key = :key LIMIT 1;        -- KeyParked
    /// INSERT INTO inbox (consumer, message_id, handled_at) VALUES (:consumer, :message_id, :now)
    ///     ON CONFLICT DO NOTHING                                                     -- no row: Duplicate
    /// ```
    ///
    /// The second question is not asked of an entry that [`is_unparked`](InboxEntry::is_unparked).
    ///
    /// It must not be answered while another transaction parks or unparks the key: take the key's lock first, here and
    /// in [`park`](Self::park) (in SQLite a writing transaction is alone anyway; in PostgreSQL, at `READ COMMITTED`,
    /// `pg_advisory_xact_lock(hashtext(consumer || key))` in a statement of its own).
    fn admit(
        &self,
        transaction: &mut Self::Transaction,
        entry: InboxEntry<'_>,
    ) -> impl Future<Output = Result<Admission, Self::Error>> + Send;

    /// Commits.
    ///
    /// # Errors
    ///
    /// When the commit failed, or nobody knows: the message is then given back and comes again, and its row, or
    /// the lack of it, tells which it was.
    fn commit(&self, transaction: Self::Transaction) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Writes a message into the park, behind those of its key; one that is there already stays as it is. Nothing
    /// is written into the inbox. Takes the key's lock, as [`admit`](Self::admit) does.
    ///
    /// ```sql
    /// INSERT INTO parked (...) VALUES (...) ON CONFLICT (consumer, message_id) DO NOTHING
    /// ```
    fn park(
        &self,
        transaction: &mut Self::Transaction,
        message: NewlyParked<'_>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Takes the first parked message of up to `limit` keys that are due, and leases the keys to the caller for
    /// `lease`. A transaction of its own.
    ///
    /// ```sql
    /// UPDATE parked SET lease_until = :now + :lease, fence = fence + 1
    ///  WHERE id IN (SELECT p.id FROM parked p
    ///                WHERE p.consumer = :consumer AND p.not_before <= :now AND p.lease_until <= :now
    ///                  AND NOT EXISTS (SELECT 1 FROM parked e
    ///                                   WHERE e.consumer = p.consumer AND e.key = p.key AND e.id < p.id)
    ///                ORDER BY p.not_before LIMIT :limit)
    ///    AND lease_until <= :now
    /// RETURNING ...
    /// ```
    ///
    /// The lease is asked for twice because of PostgreSQL: of two that claim at once, the second waits for the row and
    /// then looks at it again by the outer condition only.
    fn claim_parked(
        &self,
        consumer: &str,
        limit: usize,
        lease: Duration,
    ) -> impl Future<Output = Result<Vec<Parked>, Self::Error>> + Send;

    /// Takes a message out of the park, in the transaction that holds its effect; `false` when the lease is not
    /// the caller's any more, and then the transaction must not be committed.
    ///
    /// ```sql
    /// DELETE FROM parked WHERE id = :id AND fence = :fence
    /// ```
    fn unpark(
        &self,
        transaction: &mut Self::Transaction,
        lease: ParkedLease,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// Puts a parked message off to a later attempt, if the lease is still the caller's; `attempts` is how often
    /// it has been tried by now. A transaction of its own.
    ///
    /// ```sql
    /// UPDATE parked SET attempts = :attempts, not_before = :now + :delay, lease_until = 0, reason = :reason
    ///  WHERE id = :id AND fence = :fence
    /// ```
    ///
    /// The fence stays: coming again, because its answer got lost, it changes nothing but the delay, and is answered
    /// with `true` until somebody else has claimed the key.
    fn postpone(
        &self,
        lease: ParkedLease,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// Forgets up to `limit` messages that were handled for `consumer` more than `age` ago, and says how many it
    /// were. Those of other consumers stay: they may have to be remembered for longer. A transaction of its own.
    ///
    /// ```sql
    /// DELETE FROM inbox WHERE consumer = :consumer AND message_id IN (
    ///     SELECT message_id FROM inbox
    ///      WHERE consumer = :consumer AND handled_at < :now - :age ORDER BY handled_at LIMIT :limit)
    /// ```
    fn prune(
        &self,
        consumer: &str,
        age: Duration,
        limit: usize,
    ) -> impl Future<Output = Result<usize, Self::Error>> + Send;

    /// How many messages are parked for the consumer, and how long the first of them has been tried.
    fn parked(&self, consumer: &str) -> impl Future<Output = Result<ParkedBacklog, Self::Error>> + Send;
}

/// What the inbox is told of a message.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct InboxEntry<'a> {
    /// The consumer's name.
    pub consumer: &'a str,
    /// The message.
    pub message_id: &'a MessageId,
    /// The key within which order is kept.
    pub key: &'a str,
    /// Whether the message comes out of the park, and the key being parked is no obstacle.
    pub is_unparked: bool,
}

impl<'a> InboxEntry<'a> {
    /// A message that a broker delivered.
    #[must_use]
    pub fn new(consumer: &'a str, message_id: &'a MessageId, key: &'a str) -> Self {
        Self {
            consumer,
            message_id,
            key,
            is_unparked: false,
        }
    }

    /// Says that it comes out of the park.
    #[must_use]
    pub fn unparked(mut self) -> Self {
        self.is_unparked = true;
        self
    }
}

/// What the inbox says to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Admission {
    /// It was not handled before: its row is written, go on.
    New,
    /// It was handled before: nothing is to be done.
    Duplicate,
    /// Its key is parked: park it too. Nothing was written.
    KeyParked,
}

/// What is parked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParkedBacklog {
    /// How many messages.
    pub messages: u64,
    /// How many keys.
    pub keys: u64,
    /// How long ago the oldest of them was first tried.
    pub oldest: Option<Duration>,
}

impl ParkedBacklog {
    /// `messages` of `keys`, the oldest of which was first tried `oldest` ago.
    #[must_use]
    pub fn new(messages: u64, keys: u64, oldest: Option<Duration>) -> Self {
        Self {
            messages,
            keys,
            oldest,
        }
    }
}

/// No inbox: nothing is remembered, nothing is parked, and the transaction is `()`. For handlers whose effect is
/// the same however often it happens.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoInbox;

impl InboxStore for NoInbox {
    type Error = Infallible;
    type Transaction = ();

    const REMEMBERS: bool = false;

    const PARKS: bool = false;

    async fn begin(&self) -> Result<(), Infallible> {
        Ok(())
    }

    async fn admit(&self, (): &mut (), _: InboxEntry<'_>) -> Result<Admission, Infallible> {
        Ok(Admission::New)
    }

    async fn commit(&self, (): ()) -> Result<(), Infallible> {
        Ok(())
    }

    /// Never called: [`PARKS`](InboxStore::PARKS) is false.
    async fn park(&self, (): &mut (), _: NewlyParked<'_>) -> Result<(), Infallible> {
        Ok(())
    }

    async fn claim_parked(&self, _: &str, _: usize, _: Duration) -> Result<Vec<Parked>, Infallible> {
        Ok(Vec::new())
    }

    async fn unpark(&self, (): &mut (), _: ParkedLease) -> Result<bool, Infallible> {
        Ok(false)
    }

    async fn postpone(&self, _: ParkedLease, _: u32, _: Duration, _: &str) -> Result<bool, Infallible> {
        Ok(false)
    }

    async fn prune(&self, _: &str, _: Duration, _: usize) -> Result<usize, Infallible> {
        Ok(0)
    }

    async fn parked(&self, _: &str) -> Result<ParkedBacklog, Infallible> {
        Ok(ParkedBacklog::default())
    }
}
