use crate::{OutboundMessage, Outcome};
use std::error::Error as StdError;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// The transactional outbox, as a port: a table beside the business's own tables, into which events are written
/// in the very transaction that makes the change, and out of which the [`Relay`](crate::Relay) sends them. Several
/// relays, in several processes, may share one table.
///
/// Writing a row is not part of this port: it happens inside the caller's own transaction, in the caller's own SQL or
/// through [`OutboxWriter`](crate::OutboxWriter).
/// What the relay needs is the operations below; each is a transaction of its own. A call that takes longer than
/// [`store_timeout`](crate::RelayConfig::store_timeout) is dropped and counts as failed, whether it takes effect or not:
/// a claim that does leases rows to nobody for one lease; marks and releases are tried again, and change nothing then.
///
/// # The table
///
/// The statements here and below are SQLite's; [another database](#in-postgresql) needs other types and, where it has
/// several writers, locks.
///
/// ```sql
/// CREATE TABLE outbox (
///     id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- within one key: the order of commits
///     message_id  TEXT NOT NULL UNIQUE,
///     exchange    TEXT NOT NULL,
///     routing_key TEXT NOT NULL,
///     key         TEXT NOT NULL,
///     sequence    INTEGER,
///     headers     TEXT NOT NULL DEFAULT '{}',
///     content_type TEXT NOT NULL DEFAULT 'application/json',
///     body        BLOB NOT NULL,
///     created_at  INTEGER NOT NULL,                   -- Unix milliseconds, as all instants here
///     sent_at     INTEGER,                            -- NULL while pending
///     attempts    INTEGER NOT NULL DEFAULT 0,         -- how often it was claimed and tried
///     held_until  INTEGER NOT NULL DEFAULT 0,         -- by a lease, or by the back-off after a failure
///     fence       INTEGER NOT NULL DEFAULT 0,         -- one more for every claim
///     last_error  TEXT
/// );
/// CREATE INDEX outbox_pending ON outbox (id, key) WHERE sent_at IS NULL;
/// CREATE INDEX outbox_held ON outbox (held_until, key) WHERE sent_at IS NULL AND held_until > 0;
/// CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
/// ```
///
/// Two transactions that write events of one key must not overlap between taking an `id` and committing; they do
/// not when the transaction first updates the key's own row (its sequence counter, for one), and never do in
/// SQLite, which has one writer.
///
/// Where the clock may go back far, say by hours, keep beside `held_until` when the hold began: one that begins in the
/// future is none. The store for SQLite does so.
///
/// # In PostgreSQL
///
/// ```sql
/// CREATE TABLE outbox (
///     id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
///     message_id   TEXT NOT NULL UNIQUE,
///     exchange     TEXT NOT NULL,
///     routing_key  TEXT NOT NULL,
///     key          TEXT NOT NULL,
///     sequence     BIGINT,
///     headers      JSONB NOT NULL DEFAULT '{}',
///     content_type TEXT NOT NULL DEFAULT 'application/json',
///     body         BYTEA NOT NULL,
///     created_at   TIMESTAMPTZ NOT NULL DEFAULT statement_timestamp(),
///     sent_at      TIMESTAMPTZ,
///     attempts     INTEGER NOT NULL DEFAULT 0,
///     held_until   TIMESTAMPTZ,                       -- NULL in place of 0
///     fence        BIGINT NOT NULL DEFAULT 0,
///     last_error   TEXT
/// );
/// CREATE INDEX outbox_pending ON outbox (id) INCLUDE (key) WHERE sent_at IS NULL;
/// CREATE INDEX outbox_held ON outbox (held_until, key) WHERE sent_at IS NULL AND held_until IS NOT NULL;
/// CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
/// ```
///
/// - `:now` is `statement_timestamp()`: the database's own clock, so that those of several relays need not agree; not
///   `now()`, which stands still while a transaction waits for a lock, nor `clock_timestamp()`, which no index can follow.
/// - Identity values are taken before the commit, so an `id` may become visible after a greater one: harmless, because
///   rows are claimed by what they are and never by `id > last`; and within a key excluded, when each transaction first
///   does `UPDATE sequences SET last = last + 1 WHERE key = :key RETURNING last`, whose row lock it keeps to its end.
/// - Claims exclude each other: `SELECT pg_advisory_xact_lock(:number)` in a statement of its own before the `UPDATE`,
///   both in one transaction at `READ COMMITTED`, so that the `UPDATE` sees what the claim before it has taken.
/// - **No `SKIP LOCKED` in a claim.** A row is locked while somebody marks or releases it; it would be passed over, and
///   what is behind it in its key taken. It is right in [`prune_sent`](Self::prune_sent) (`... LIMIT :limit FOR UPDATE
///   SKIP LOCKED`), where order does not matter.
/// - A row that another relay marks while a claim waits for its lock, its lease having run out, is looked at again by the
///   outer condition only: hence `sent_at` is asked for twice. For the same reason nothing else may stand there: a row
///   that dropped out, with those behind it in its key taken, would be overtaken.
/// - `mark_sent` and `release` take their rows as arrays (`FROM unnest(:ids, :fences) AS lease (id, fence)`). Two relays
///   of which one had lost its lease may lock rows in different orders; PostgreSQL ends one of them with an error, and the
///   relay tries again.
pub trait OutboxStore: Send + Sync {
    /// What can go wrong in the store. The relay logs it and tries again, with back-off.
    type Error: StdError + Send + Sync + 'static;

    /// Takes up to `limit` pending rows, oldest first, and leases them to the caller for `lease`.
    ///
    /// A key is held while **any** of its pending rows is leased or rests after a failure, and then none of its rows
    /// is free: so a key is never split between two relays, and a failed row holds back what comes after it.
    ///
    /// ```sql
    /// UPDATE outbox
    ///    SET held_until = :now + :lease, fence = fence + 1, attempts = attempts + 1
    ///  WHERE id IN (
    ///        SELECT id FROM outbox
    ///         WHERE sent_at IS NULL
    ///           AND key NOT IN (SELECT key FROM outbox
    ///                            WHERE sent_at IS NULL AND held_until > 0 AND held_until > :now)
    ///         ORDER BY id LIMIT :limit)
    ///    AND sent_at IS NULL
    /// RETURNING id, fence, attempts, message_id, exchange, routing_key, key, sequence, headers, content_type, body
    /// ```
    ///
    /// The answer is ordered by `id`, which `RETURNING` does not promise: sort it.
    ///
    /// Where there are several writers, claims must exclude each other, or two relays may split a key: see
    /// [above](#in-postgresql).
    fn claim(
        &self,
        limit: usize,
        lease: Duration,
    ) -> impl Future<Output = Result<Vec<Claimed>, Self::Error>> + Send;

    /// Marks rows as sent, if the lease is still the caller's, and says how many were.
    ///
    /// ```sql
    /// UPDATE outbox SET sent_at = :now, held_until = 0, last_error = NULL
    ///  WHERE id = :id AND fence = :fence AND sent_at IS NULL
    /// ```
    ///
    /// A row whose fence has moved on was claimed by somebody else, after this lease ran out: it is theirs, and
    /// this mark must not touch it.
    fn mark_sent(&self, rows: &[Lease]) -> impl Future<Output = Result<usize, Self::Error>> + Send;

    /// Gives rows back unsent, if the lease is still the caller's, and says how many were.
    ///
    /// ```sql
    /// UPDATE outbox SET held_until = :now + :delay,           -- 0 when the delay is zero
    ///        fence = fence + 1,
    ///        last_error = coalesce(:outcome, last_error),
    ///        attempts = attempts - :untried  -- 1 when the outcome is `None`: that claim does not count
    ///  WHERE id = :id AND fence = :fence AND sent_at IS NULL
    /// ```
    ///
    /// A release comes again when its answer got lost, and must then change nothing: hence the fence moves on here, too.
    fn release(&self, rows: &[Release]) -> impl Future<Output = Result<usize, Self::Error>> + Send;

    /// How much is waiting, and for how long: the two numbers to watch and to alert on.
    ///
    /// ```sql
    /// SELECT count(*), :now - min(created_at) FROM outbox WHERE sent_at IS NULL
    /// ```
    fn backlog(&self) -> impl Future<Output = Result<Backlog, Self::Error>> + Send;

    /// Deletes up to `limit` rows that were sent more than `age` ago, and says how many it were. The default is for a
    /// store that keeps nothing that was sent.
    ///
    /// ```sql
    /// DELETE FROM outbox WHERE id IN (
    ///     SELECT id FROM outbox WHERE sent_at IS NOT NULL AND sent_at < :now - :age ORDER BY sent_at LIMIT :limit)
    /// ```
    fn prune_sent(
        &self,
        age: Duration,
        limit: usize,
    ) -> impl Future<Output = Result<usize, Self::Error>> + Send {
        let _ = (age, limit);
        async { Ok(0) }
    }
}

/// Which row, and under which claim of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lease {
    /// The row.
    pub row: i64,
    /// The number of the claim: a later claim of the same row has a greater one.
    pub fence: i64,
}

/// A row that was claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claimed {
    /// The claim.
    pub lease: Lease,
    /// How often the row has been tried, this time included; 1 at the first.
    pub attempts: u32,
    /// What to send.
    pub message: OutboundMessage,
}

impl Claimed {
    /// A row that is about to be tried for the `attempts`-th time.
    #[must_use]
    pub fn new(lease: Lease, attempts: u32, message: OutboundMessage) -> Self {
        Self {
            lease,
            attempts,
            message,
        }
    }
}

/// A row given back unsent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Release {
    /// The claim.
    pub lease: Lease,
    /// How long the row, and with it what comes after it in its key, is to rest. Zero: free at once.
    pub delay: Duration,
    /// What became of it; `None` when it was not tried, because one before it in its key failed or time ran out.
    pub outcome: Option<Outcome>,
}

impl Release {
    /// Gives a row back for at least `delay`.
    #[must_use]
    pub fn new(lease: Lease, delay: Duration, outcome: Option<Outcome>) -> Self {
        Self {
            lease,
            delay,
            outcome,
        }
    }
}

/// What is waiting in an outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backlog {
    /// How many rows are not sent.
    pub pending: u64,
    /// How long the oldest of them has waited; `None` when there is none.
    pub oldest: Option<Duration>,
}

impl Backlog {
    /// `pending` rows, the oldest of which was written `oldest` ago.
    #[must_use]
    pub fn new(pending: u64, oldest: Option<Duration>) -> Self {
        Self { pending, oldest }
    }
}

impl<S: OutboxStore> OutboxStore for Arc<S> {
    type Error = S::Error;

    fn claim(
        &self,
        limit: usize,
        lease: Duration,
    ) -> impl Future<Output = Result<Vec<Claimed>, Self::Error>> + Send {
        S::claim(self, limit, lease)
    }

    fn mark_sent(&self, rows: &[Lease]) -> impl Future<Output = Result<usize, Self::Error>> + Send {
        S::mark_sent(self, rows)
    }

    fn release(&self, rows: &[Release]) -> impl Future<Output = Result<usize, Self::Error>> + Send {
        S::release(self, rows)
    }

    fn backlog(&self) -> impl Future<Output = Result<Backlog, Self::Error>> + Send {
        S::backlog(self)
    }

    fn prune_sent(
        &self,
        age: Duration,
        limit: usize,
    ) -> impl Future<Output = Result<usize, Self::Error>> + Send {
        S::prune_sent(self, age, limit)
    }
}
