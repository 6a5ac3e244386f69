use crate::clock::{STEP_BACK, between, millis};
use crate::row::{affected, count, headers, limit, parsed, plain, to_json};
use crate::{Error, SqliteStore};
use event_messaging::{Backlog, Claimed, Lease, OutboundMessage, OutboxStore, Release};
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeSet;
use std::time::Duration;

/// The first rows of keys that nobody holds, by two indices alone. What is held since later than `?4` was held before the
/// clock went back.
pub(crate) const CLAIM: &str = "UPDATE messaging_outbox \
    SET held_since = ?1, held_until = ?2, fence = fence + 1, attempts = attempts + 1 WHERE id IN (\
    SELECT id FROM messaging_outbox INDEXED BY messaging_outbox_pending WHERE sent_at IS NULL AND key NOT IN (\
    SELECT key FROM messaging_outbox INDEXED BY messaging_outbox_held \
    WHERE sent_at IS NULL AND held_until > 0 AND held_until > ?1 AND held_since <= ?4) \
    ORDER BY id LIMIT ?3) \
    RETURNING id, fence, attempts, message_id, exchange, routing_key, key, sequence, headers, content_type, body";

/// By the ids that are given: statistics of few pending rows must not have it go through all that pend.
pub(crate) const MARK_SENT: &str = "UPDATE messaging_outbox NOT INDEXED \
    SET sent_at = ?1, held_until = 0, last_error = NULL FROM json_each(?2) lease \
    WHERE messaging_outbox.id = lease.value ->> 0 AND fence = lease.value ->> 1 AND sent_at IS NULL";

pub(crate) const RELEASE: &str = "UPDATE messaging_outbox NOT INDEXED \
    SET held_since = rest.value ->> 'held_since', held_until = rest.value ->> 'held_until', \
    fence = fence + 1, last_error = coalesce(rest.value ->> 'error', last_error), attempts = attempts - (rest.value ->> 'untried') \
    FROM json_each(?) rest \
    WHERE messaging_outbox.id = rest.value ->> 'row' AND fence = rest.value ->> 'fence' AND sent_at IS NULL";

pub(crate) const PRUNE: &str = "DELETE FROM messaging_outbox WHERE id IN (\
    SELECT id FROM messaging_outbox INDEXED BY messaging_outbox_sent \
    WHERE sent_at IS NOT NULL AND sent_at < ? ORDER BY sent_at LIMIT ?)";

/// The rows are in the order of their writing, so the first is the oldest.
pub(crate) const BACKLOG: &str = "SELECT \
    (SELECT count(*) FROM messaging_outbox INDEXED BY messaging_outbox_pending WHERE sent_at IS NULL), \
    (SELECT created_at FROM messaging_outbox INDEXED BY messaging_outbox_pending WHERE sent_at IS NULL \
    ORDER BY id LIMIT 1)";

/// Of ids that count up and leave no gap, for as long as nothing pending is deleted.
const TOTALS: &str = "SELECT pending, written - pending FROM \
    (SELECT count(*) AS pending FROM messaging_outbox INDEXED BY messaging_outbox_pending WHERE sent_at IS NULL), \
    (SELECT coalesce(max(seq), 0) AS written FROM sqlite_sequence WHERE name = 'messaging_outbox')";

/// A row given back, as SQL reads it.
#[derive(Serialize)]
struct Rest {
    row: i64,
    fence: i64,
    held_since: i64,
    held_until: i64,
    error: Option<&'static str>,
    /// The claims that do not count, because nothing was tried.
    untried: i64,
}

/// What was ever written into an outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// How many messages are not sent.
    pub pending: u64,
    /// How many were sent; those that were pruned since count too.
    pub sent: u64,
}

/// A message that could not be sent so far.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stuck {
    /// The message.
    pub message_id: String,
    /// Where it is to go.
    pub exchange: String,
    /// The routing key on that exchange.
    pub routing_key: String,
    /// Its key: what is behind it there waits too.
    pub key: String,
    /// How often it was tried.
    pub attempts: u32,
    /// How it ended the last time: the name of an [`Outcome`](event_messaging::Outcome), or why it cannot be read.
    pub last_error: String,
    /// How long ago it was written.
    pub age: Duration,
}

impl SqliteStore {
    /// How many messages wait and how many were ever sent, both at one moment.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn totals(&self) -> Result<Totals, Error> {
        let row = sqlx::query(TOTALS)
            .fetch_one(&self.readers)
            .await
            .map_err(Error::database)?;
        let number = |column: usize| row.try_get::<i64, _>(column).map(i64::unsigned_abs);
        Ok(Totals {
            pending: number(0).map_err(Error::database)?,
            sent: number(1).map_err(Error::database)?,
        })
    }

    /// The oldest messages that were tried and not sent, up to `limit`: what to look at when the outbox grows.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn stuck(&self, rows: usize) -> Result<Vec<Stuck>, Error> {
        let rows = sqlx::query(
            "SELECT message_id, exchange, routing_key, key, attempts, last_error, created_at \
            FROM messaging_outbox INDEXED BY messaging_outbox_pending \
            WHERE sent_at IS NULL AND last_error IS NOT NULL ORDER BY id LIMIT ?",
        )
        .bind(limit(rows))
        .fetch_all(&self.readers)
        .await
        .map_err(Error::database)?;
        let now = self.clock.now();
        let stuck = |row: &SqliteRow| {
            Ok(Stuck {
                message_id: plain(row, "message_id")?,
                exchange: plain(row, "exchange")?,
                routing_key: plain(row, "routing_key")?,
                key: plain(row, "key")?,
                attempts: count(row, "attempts")?,
                last_error: plain(row, "last_error")?,
                age: between(plain(row, "created_at")?, now),
            })
        };
        rows.iter().map(stuck).collect()
    }

    /// Says why a row, and what is behind it in its key, stays. It keeps its lease, so that others come before it.
    async fn note_unreadable(&self, row: i64, error: &Error) -> Result<(), Error> {
        sqlx::query("UPDATE messaging_outbox SET last_error = ? WHERE id = ? AND sent_at IS NULL")
            .bind(error.to_string())
            .bind(row)
            .execute(&self.writer)
            .await
            .map_err(Error::database)?;
        Ok(())
    }
}

impl OutboxStore for SqliteStore {
    type Error = Error;

    async fn claim(&self, rows: usize, lease: Duration) -> Result<Vec<Claimed>, Error> {
        let now = self.clock.now();
        let rows = sqlx::query(CLAIM)
            .bind(now)
            .bind(now.saturating_add(millis(lease)))
            .bind(limit(rows))
            .bind(now.saturating_add(millis(STEP_BACK)))
            .fetch_all(&self.writer)
            .await
            .map_err(Error::database)?;
        let mut rows = rows
            .iter()
            .map(|row| Ok((plain::<i64>(row, "id")?, row)))
            .collect::<Result<Vec<_>, Error>>()?;
        rows.sort_unstable_by_key(|(id, _)| *id);
        let mut rows_read = Vec::with_capacity(rows.len());
        let mut unreadable = BTreeSet::<String>::new();
        for (id, row) in rows {
            match claimed(row) {
                Ok(row) if unreadable.contains(&row.message.key) => {}
                Ok(row) => rows_read.push(row),
                Err(error) => {
                    let key: String = plain(row, "key")?;
                    tracing::error!(row = id, key, error = %error, "a row of the outbox cannot be read: its key waits");
                    unreadable.insert(key);
                    self.note_unreadable(id, &error).await?;
                }
            }
        }
        Ok(rows_read)
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, Error> {
        let leases: Vec<(i64, i64)> = rows.iter().map(|lease| (lease.row, lease.fence)).collect();
        let done = sqlx::query(MARK_SENT)
            .bind(self.clock.now())
            .bind(to_json(&leases)?)
            .execute(&self.writer)
            .await
            .map_err(Error::database)?;
        Ok(affected(&done))
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, Error> {
        let now = self.clock.now();
        let rests: Vec<Rest> = rows
            .iter()
            .map(|release| Rest {
                row: release.lease.row,
                fence: release.lease.fence,
                held_since: now,
                held_until: match release.delay {
                    Duration::ZERO => 0,
                    delay => now.saturating_add(millis(delay)),
                },
                error: release.outcome.map(|outcome| outcome.as_str()),
                untried: release.outcome.is_none().into(),
            })
            .collect();
        let done = sqlx::query(RELEASE)
            .bind(to_json(&rests)?)
            .execute(&self.writer)
            .await
            .map_err(Error::database)?;
        Ok(affected(&done))
    }

    async fn backlog(&self) -> Result<Backlog, Error> {
        let row = sqlx::query(BACKLOG)
            .fetch_one(&self.readers)
            .await
            .map_err(Error::database)?;
        let pending: i64 = row.try_get(0).map_err(Error::database)?;
        let oldest: Option<i64> = row.try_get(1).map_err(Error::database)?;
        let waited = oldest.map(|written| between(written, self.clock.now()));
        Ok(Backlog::new(pending.unsigned_abs(), waited))
    }

    async fn prune_sent(&self, age: Duration, rows: usize) -> Result<usize, Error> {
        let done = sqlx::query(PRUNE)
            .bind(self.clock.now().saturating_sub(millis(age)))
            .bind(limit(rows))
            .execute(&self.writer)
            .await
            .map_err(Error::database)?;
        Ok(affected(&done))
    }
}

fn claimed(row: &SqliteRow) -> Result<Claimed, Error> {
    let mut message = OutboundMessage::new(
        parsed(row, "message_id")?,
        plain::<String>(row, "exchange")?,
        plain::<String>(row, "routing_key")?,
        plain::<String>(row, "key")?,
        plain::<Vec<u8>>(row, "body")?,
    );
    message.sequence = plain::<Option<i64>>(row, "sequence")?
        .map(u64::try_from)
        .transpose()
        .map_err(|cause| Error::column("sequence", cause))?;
    message.headers = headers(row)?;
    message.content_type = plain(row, "content_type")?;
    let lease = Lease {
        row: plain(row, "id")?,
        fence: plain(row, "fence")?,
    };
    Ok(Claimed::new(lease, count(row, "attempts")?, message))
}
