use crate::parking::{NewlyParked, Parked, ParkedLease};
use event_contracts::MessageId;
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
/// As SQLite has them. In PostgreSQL `id` is a `BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY`, `body` a `BYTEA`,
/// and `INTEGER` a `BIGINT`. The statements below are good for both.
///
/// ```sql
/// CREATE TABLE inbox (
///     consumer    TEXT NOT NULL,           -- several consumers may share a database
///     message_id  TEXT NOT NULL,
///     handled_at  INTEGER NOT NULL,        -- or given up; Unix milliseconds, as all instants
///     given_up    INTEGER NOT NULL,        -- 1: it is among the dead letters; 0: its effect is committed
///     PRIMARY KEY (consumer, message_id)
/// );
/// CREATE INDEX inbox_age ON inbox (consumer, handled_at);
///
/// CREATE TABLE parked (
///     id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- within one key: the order of arrival
///     consumer    TEXT NOT NULL,
///     key         TEXT NOT NULL,
///     is_head     INTEGER NOT NULL,        -- 1: the first of its key
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
/// CREATE INDEX parked_heads ON parked (consumer, not_before, id, lease_until, first_tried_at) WHERE is_head = 1;
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

    /// Whether anything is remembered at all: false for [`NoInbox`](crate::NoInbox) only. Then messages need not be
    /// identified, and a handler's success needs no commit.
    const REMEMBERS: bool = true;

    /// Whether the store keeps parked messages. One that does not has a consumer hold a failed message, and its
    /// key, for all its retries.
    const PARKS: bool;

    /// Opens a transaction that may write.
    fn begin(&self) -> impl Future<Output = Result<Self::Transaction, Self::Error>> + Send;

    /// Writes the message's row, unless it is there already or its key is parked.
    ///
    /// A message that was given up has a row too: it must not come to the handler again after its key went on. That row
    /// says so, and is no obstacle to an entry that [`is_redriven`](InboxEntry::is_redriven): it is written anew, as one
    /// of the entry's kind. Every other row absorbs every entry.
    ///
    /// Of two transactions with one message, the second waits for the first, and then finds its row or none:
    ///
    /// ```sql
    /// SELECT 1 FROM inbox WHERE consumer = :consumer AND message_id = :message_id
    ///     AND NOT (given_up = 1 AND :is_redriven);                                   -- Duplicate
    /// SELECT 1 FROM parked WHERE consumer = :consumer AND key = :key LIMIT 1;        -- KeyParked
    /// INSERT INTO inbox (consumer, message_id, handled_at, given_up)
    ///     VALUES (:consumer, :message_id, :now, :given_up)
    ///     ON CONFLICT (consumer, message_id) DO UPDATE
    ///     SET handled_at = excluded.handled_at, given_up = excluded.given_up
    ///     WHERE inbox.given_up = 1 AND :is_redriven                                  -- no row: Duplicate
    /// ```
    ///
    /// The second question is not asked of an entry that [`is_unparked`](InboxEntry::is_unparked).
    ///
    /// It must not be answered while another transaction parks or unparks the key: take the key's lock first, here, in
    /// [`park`](Self::park) and in [`unpark`](Self::unpark) (in SQLite a writing transaction is alone anyway; in
    /// PostgreSQL, at `READ COMMITTED`, `pg_advisory_xact_lock(hashtext(consumer || key))` in a statement of its own).
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

    /// Writes a message into the park, behind those of its key. Nothing is written into the inbox. Takes the key's lock,
    /// as [`admit`](Self::admit) does.
    ///
    /// One that is there already stays as it is, unless the one that comes
    /// [`is_redriven`](NewlyParked::is_redriven): somebody may be about to take the parked one out, because he has
    /// given it up. So it keeps its place, becomes what came, and no claim of it is good any more.
    ///
    /// ```sql
    /// INSERT INTO parked (..., is_head) VALUES (..., CASE WHEN EXISTS
    ///     (SELECT 1 FROM parked WHERE consumer = :consumer AND key = :key) THEN 0 ELSE 1 END)
    ///     ON CONFLICT (consumer, message_id) DO UPDATE
    ///     SET headers = excluded.headers, body = excluded.body, ...,  -- all but id, key and is_head
    ///         lease_until = 0, fence = parked.fence + 1
    ///     WHERE :is_redriven
    /// ```
    fn park(
        &self,
        transaction: &mut Self::Transaction,
        message: NewlyParked<'_>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Takes the first parked message of up to `limit` keys that are due, and leases the keys to the caller for
    /// `lease`. A transaction of its own, which finds them by an index, however many are parked.
    ///
    /// ```sql
    /// UPDATE parked SET lease_until = :now + :lease, fence = fence + 1
    ///  WHERE id IN (SELECT id FROM parked
    ///                WHERE consumer = :consumer AND is_head = 1 AND not_before <= :now AND lease_until <= :now
    ///                ORDER BY not_before LIMIT :limit)
    ///    AND lease_until <= :now
    /// RETURNING ...
    /// ```
    ///
    /// The lease is asked for twice because of PostgreSQL: of two that claim at once, the second waits for the row and
    /// then looks at it again by the outer condition only.
    ///
    /// A row that cannot be read is left out, and said in the log: it must keep nothing but its own key from being tried.
    fn claim_parked(
        &self,
        consumer: &str,
        limit: usize,
        lease: Duration,
    ) -> impl Future<Output = Result<Vec<Parked>, Self::Error>> + Send;

    /// Takes a message out of the park, in the transaction that holds its effect, and makes the next one the first of its
    /// key; `false` when the lease is not the caller's any more, and then the transaction must not be committed. Takes
    /// the key's lock, as [`admit`](Self::admit) does, before it deletes.
    ///
    /// ```sql
    /// SELECT consumer, key FROM parked WHERE id = :id;
    /// DELETE FROM parked WHERE id = :id AND fence = :fence;                          -- no row: false
    /// UPDATE parked SET is_head = 1
    ///  WHERE id = (SELECT min(id) FROM parked WHERE consumer = :consumer AND key = :key)
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

    /// Forgets up to `limit` messages that were handled for `consumer`, or given up, more than `age` ago, and says how many it
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

    /// How many messages are parked for the consumer, and how long the first of them has been tried. Asked every few
    /// seconds.
    ///
    /// ```sql
    /// SELECT (SELECT count(*) FROM parked WHERE consumer = :consumer), count(*), min(first_tried_at)
    ///   FROM parked WHERE consumer = :consumer AND is_head = 1
    /// ```
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
    /// Whether it was [redriven](crate::REDRIVEN_AT), and having been given up is no obstacle.
    pub is_redriven: bool,
    /// Whether it is being given up: its row is to say so.
    pub is_given_up: bool,
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
            is_redriven: false,
            is_given_up: false,
        }
    }

    /// Says that it comes out of the park.
    #[must_use]
    pub fn unparked(mut self) -> Self {
        self.is_unparked = true;
        self
    }

    /// Says whether it was redriven.
    #[must_use]
    pub fn redriven(mut self, is_redriven: bool) -> Self {
        self.is_redriven = is_redriven;
        self
    }

    /// Says that it is given up.
    #[must_use]
    pub fn given_up(mut self) -> Self {
        self.is_given_up = true;
        self
    }
}

/// What the inbox says to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Admission {
    /// It was not handled before, or given up and then redriven: its row is written, go on.
    New,
    /// It was handled before, or given up: nothing is to be done.
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
