use crate::clock::{LONGEST_HOLD, between, millis};
use crate::row::{count, headers, limit, parsed, plain, to_json};
use crate::{Error, SqliteStore, Transaction};
use event_messaging::{NewlyParked, Parked, ParkedBacklog, ParkedContent, ParkedLease};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::time::Duration;

const PARK: &str = "INSERT INTO messaging_parked \
    (consumer, key, message_id, exchange, routing_key, content_type, headers, attempts, first_tried_at, not_before, \
    reason, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (consumer, message_id) DO NOTHING";

/// The first row of each key, by the index alone, and of those the ones that are due. What is
/// leased until later than `?5` was leased before the clock went back.
pub(crate) const CLAIM: &str = "UPDATE messaging_parked SET lease_until = ?2 + ?3, fence = fence + 1 WHERE id IN (\
    SELECT p.id FROM (SELECT min(id) AS id FROM messaging_parked INDEXED BY messaging_parked_by_key \
    WHERE consumer = ?1 GROUP BY key) head \
    CROSS JOIN messaging_parked p ON p.id = head.id \
    WHERE p.not_before <= ?2 AND (p.lease_until <= ?2 OR p.lease_until > ?5) \
    ORDER BY p.not_before, p.id LIMIT ?4) \
    RETURNING id, fence, key, message_id, exchange, routing_key, content_type, headers, attempts, first_tried_at, \
    reason, body";

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
        let rows = sqlx::query(CLAIM)
            .bind(consumer)
            .bind(now)
            .bind(millis(lease))
            .bind(limit(rows))
            .bind(now.saturating_add(millis(lease.max(LONGEST_HOLD))))
            .fetch_all(&self.writer)
            .await
            .map_err(Error::database)?;
        rows.iter().map(|row| parked(row, now)).collect()
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
        let row = sqlx::query(
            "SELECT count(*), count(DISTINCT key), min(first_tried_at) FROM messaging_parked WHERE consumer = ?",
        )
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
