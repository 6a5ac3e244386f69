use crate::clock::{LONGEST_HOLD, between, millis};
use crate::row::{count, headers, limit, parsed, plain, to_json};
use crate::{Error, SqliteStore, Transaction};
use event_messaging::{NewlyParked, Parked, ParkedBacklog, ParkedContent, ParkedLease};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::error::Error as StdError;
use std::time::Duration;

/// Behind those of its key. What is there already keeps its place, and becomes what was redriven (`?13`): no claim of it
/// is good any more.
pub(crate) const PARK: &str = "INSERT INTO messaging_parked \
    (consumer, key, message_id, exchange, routing_key, content_type, headers, attempts, first_tried_at, not_before, \
    reason, body, is_head) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, \
    NOT EXISTS (SELECT 1 FROM messaging_parked WHERE consumer = ?1 AND key = ?2)) \
    ON CONFLICT (consumer, message_id) DO UPDATE SET exchange = ?4, routing_key = ?5, content_type = ?6, headers = ?7, \
    attempts = ?8, first_tried_at = ?9, not_before = ?10, reason = ?11, body = ?12, lease_until = 0, fence = fence + 1 \
    WHERE ?13";

/// The first rows of keys that are due, by their index alone. What is leased until later than `?5` was leased before the
/// clock went back.
pub(crate) const CLAIM: &str = "UPDATE messaging_parked SET lease_until = ?2 + ?3, fence = fence + 1 WHERE id IN (\
    SELECT id FROM messaging_parked INDEXED BY messaging_parked_heads \
    WHERE consumer = ?1 AND is_head = 1 AND not_before <= ?2 AND (lease_until <= ?2 OR lease_until > ?5) \
    ORDER BY not_before, id LIMIT ?4) \
    RETURNING id, fence, key, message_id, exchange, routing_key, content_type, headers, attempts, first_tried_at, \
    reason, body";

/// The first of a key has been tried for longer than those behind it.
pub(crate) const BACKLOG: &str = "SELECT \
    (SELECT count(*) FROM messaging_parked INDEXED BY messaging_parked_by_key WHERE consumer = ?1), \
    count(*), min(first_tried_at) FROM messaging_parked INDEXED BY messaging_parked_heads \
    WHERE consumer = ?1 AND is_head = 1";

impl SqliteStore {
    pub(crate) async fn write_parked(
        &self,
        transaction: &mut Transaction,
        message: NewlyParked<'_>,
    ) -> Result<(), Error> {
        let (content, now) = (message.content, self.clock.now());
        sqlx::query(PARK)
            .bind(message.consumer)
            .bind(message.key)
            .bind(content.message_id.as_str())
            .bind(content.exchange.as_str())
            .bind(content.routing_key.as_str())
            .bind(content.content_type.as_deref())
            .bind(to_json(&content.headers)?)
            .bind(message.attempts)
            .bind(now.saturating_sub(millis(message.tried_for)))
            .bind(now.saturating_add(millis(message.delay)))
            .bind(message.reason)
            .bind(content.body.as_slice())
            .bind(message.is_redriven)
            .execute(&mut **transaction)
            .await
            .map_err(Error::database)?;
        Ok(())
    }

    pub(crate) async fn lease_parked(
        &self,
        consumer: &str,
        rows: usize,
        lease: Duration,
    ) -> Result<Vec<Parked>, Error> {
        let now = self.clock.now();
        let mut claimed = Vec::new();
        loop {
            let found = sqlx::query(CLAIM)
                .bind(consumer)
                .bind(now)
                .bind(millis(lease))
                .bind(limit(rows.saturating_sub(claimed.len())))
                .bind(now.saturating_add(millis(lease.max(LONGEST_HOLD))))
                .fetch_all(&self.writer)
                .await
                .map_err(Error::database)?;
            let mut all_are_read = true;
            for row in &found {
                match parked(row, now) {
                    Ok(row) => claimed.push(row),
                    Err(error) => {
                        all_are_read = false;
                        self.note_unreadable_parked(row, &error).await?;
                    }
                }
            }
            // What cannot be read is leased now, so that it does not stand before the others again.
            if all_are_read || lease.is_zero() {
                return Ok(claimed);
            }
        }
    }

    /// Says why a key stays parked. Its first row keeps its lease, and is looked at again after it.
    async fn note_unreadable_parked(&self, row: &SqliteRow, error: &Error) -> Result<(), Error> {
        let id: i64 = plain(row, "id")?;
        tracing::error!(
            row = id,
            // It may be what cannot be read.
            key = plain::<&str>(row, "key").ok(),
            error = error as &dyn StdError,
            "a parked message cannot be read: its key stays parked"
        );
        sqlx::query("UPDATE messaging_parked SET reason = ? WHERE id = ?")
            .bind(error.to_string())
            .bind(id)
            .execute(&self.writer)
            .await
            .map_err(Error::database)?;
        Ok(())
    }

    pub(crate) async fn delete_parked(
        &self,
        transaction: &mut Transaction,
        lease: ParkedLease,
    ) -> Result<bool, Error> {
        let done = sqlx::query("DELETE FROM messaging_parked WHERE id = ? AND fence = ?")
            .bind(lease.row)
            .bind(lease.fence)
            .execute(&mut **transaction)
            .await
            .map_err(Error::database)?;
        Ok(done.rows_affected() > 0)
    }

    pub(crate) async fn put_off_parked(
        &self,
        lease: ParkedLease,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> Result<bool, Error> {
        let done = sqlx::query(
            "UPDATE messaging_parked SET attempts = ?, not_before = ?, lease_until = 0, reason = ? \
            WHERE id = ? AND fence = ?",
        )
        .bind(attempts)
        .bind(self.clock.now().saturating_add(millis(delay)))
        .bind(reason)
        .bind(lease.row)
        .bind(lease.fence)
        .execute(&self.writer)
        .await
        .map_err(Error::database)?;
        Ok(done.rows_affected() > 0)
    }

    pub(crate) async fn parked_backlog(&self, consumer: &str) -> Result<ParkedBacklog, Error> {
        let row = sqlx::query(BACKLOG)
            .bind(consumer)
            .fetch_one(&self.readers)
            .await
            .map_err(Error::database)?;
        let number = |column: usize| row.try_get::<i64, _>(column).map(i64::unsigned_abs);
        let oldest: Option<i64> = row.try_get(2).map_err(Error::database)?;
        Ok(ParkedBacklog::new(
            number(0).map_err(Error::database)?,
            number(1).map_err(Error::database)?,
            oldest.map(|tried| between(tried, self.clock.now())),
        ))
    }
}

fn parked(row: &SqliteRow, now: i64) -> Result<Parked, Error> {
    let mut content = ParkedContent::new(
        parsed(row, "message_id")?,
        plain::<String>(row, "exchange")?,
        plain::<String>(row, "routing_key")?,
        plain::<Vec<u8>>(row, "body")?,
    );
    content.content_type = plain(row, "content_type")?;
    content.headers = headers(row)?;
    let lease = ParkedLease {
        row: plain(row, "id")?,
        fence: plain(row, "fence")?,
    };
    Ok(Parked::new(
        lease,
        plain::<String>(row, "key")?,
        content,
        count(row, "attempts")?,
        between(plain(row, "first_tried_at")?, now),
        plain::<String>(row, "reason")?,
    ))
}
