use super::row::{count, parsed, plain, to_json};
use super::{Store, StoreError};
use event_messaging::{Backlog, Claimed, Lease, OutboundMessage, OutboxStore, Release};
use product_types::Timestamp;
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::time::Duration;

/// The outbox table as the relay sees it. Leases and back-offs are by the wall clock, which goes on while the
/// catalogue's own may stand still.
#[derive(Clone, Debug)]
pub(crate) struct SqliteOutbox {
    store: Store,
}

/// A row given back, as SQL reads it.
#[derive(Serialize)]
struct Rest {
    row: i64,
    fence: i64,
    not_before: i64,
    reason: Option<&'static str>,
    /// The claims that do not count, because nothing was tried.
    untried: i64,
}

impl SqliteOutbox {
    pub(crate) fn new(store: Store) -> Self {
        Self { store }
    }
}

fn now() -> i64 {
    Timestamp::now().unix_micros()
}

fn after(duration: Duration) -> i64 {
    now().saturating_add(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX))
}

impl OutboxStore for SqliteOutbox {
    type Error = StoreError;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, StoreError> {
        let mut transaction = self.store.writer().await?;
        let rows = sqlx::query(
            "UPDATE outbox SET lease_until = ?1, fence = fence + 1, attempts = attempts + 1 \
            WHERE id IN (SELECT o.id FROM outbox o WHERE o.sent_at IS NULL AND NOT EXISTS (\
            SELECT 1 FROM outbox e WHERE e.partition_key = o.partition_key AND e.id <= o.id AND e.sent_at IS NULL \
            AND (e.lease_until > ?2 OR e.not_before > ?2)) ORDER BY o.id LIMIT ?3) \
            RETURNING id, fence, attempts, message_id, exchange, routing_key, partition_key, sequence, body",
        )
        .bind(after(lease))
        .bind(now())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        let mut claimed = rows.iter().map(claimed).collect::<Result<Vec<_>, _>>()?;
        claimed.sort_by_key(|claimed| claimed.lease.row);
        Ok(claimed)
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, StoreError> {
        let leases: Vec<(i64, i64)> = rows.iter().map(|lease| (lease.row, lease.fence)).collect();
        let mut transaction = self.store.writer().await?;
        let done = sqlx::query(
            "UPDATE outbox SET sent_at = ?, lease_until = 0, last_error = NULL FROM json_each(?) lease \
            WHERE outbox.id = lease.value ->> 0 AND outbox.fence = lease.value ->> 1 AND outbox.sent_at IS NULL",
        )
        .bind(now())
        .bind(to_json(&leases)?)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, StoreError> {
        let rests: Vec<Rest> = rows
            .iter()
            .map(|release| Rest {
                row: release.lease.row,
                fence: release.lease.fence,
                not_before: after(release.delay),
                reason: release.outcome.map(|outcome| outcome.as_str()),
                untried: release.outcome.is_none().into(),
            })
            .collect();
        let mut transaction = self.store.writer().await?;
        let done = sqlx::query(
            "UPDATE outbox SET lease_until = 0, not_before = rest.value ->> 'not_before', \
            last_error = rest.value ->> 'reason', attempts = attempts - (rest.value ->> 'untried') \
            FROM json_each(?) rest \
            WHERE outbox.id = rest.value ->> 'row' AND outbox.fence = rest.value ->> 'fence' \
            AND outbox.sent_at IS NULL",
        )
        .bind(to_json(&rests)?)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        let mut reader = self.store.reader().await?;
        let row = sqlx::query("SELECT count(*), min(written_at) FROM outbox WHERE sent_at IS NULL")
            .fetch_one(&mut *reader)
            .await?;
        let pending: i64 = row.try_get(0)?;
        let oldest: Option<i64> = row.try_get(1)?;
        let waited =
            oldest.map(|written| Duration::from_micros(now().saturating_sub(written).max(0).unsigned_abs()));
        Ok(Backlog::new(pending.unsigned_abs(), waited))
    }
}

fn claimed(row: &SqliteRow) -> Result<Claimed, StoreError> {
    let body: String = plain(row, "body")?;
    let mut message = OutboundMessage::new(
        parsed(row, "message_id")?,
        plain::<String>(row, "exchange")?,
        plain::<String>(row, "routing_key")?,
        plain::<String>(row, "partition_key")?,
        body,
    );
    message.sequence = Some(count(row, "sequence")?);
    let lease = Lease {
        row: plain(row, "id")?,
        fence: plain(row, "fence")?,
    };
    Ok(Claimed::new(lease, count(row, "attempts")?, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Location, outbox};
    use event_contracts::product::ProductDeleted;
    use event_messaging::Outcome;
    use product_types::ProductId;

    /// An outbox with two events of one key.
    async fn two_of_one_key() -> SqliteOutbox {
        let store = Store::open(&Location::Memory, 1).await.unwrap();
        let mut transaction = store.writer().await.unwrap();
        for _ in 0..2 {
            let event = ProductDeleted::new(ProductId::new("p").unwrap(), Timestamp::UNIX_EPOCH, "test");
            outbox::append(&mut transaction, event, "c", Timestamp::UNIX_EPOCH)
                .await
                .unwrap();
        }
        transaction.commit().await.unwrap();
        SqliteOutbox::new(store)
    }

    async fn claim(outbox: &SqliteOutbox) -> Vec<Claimed> {
        outbox.claim(10, Duration::from_secs(60)).await.unwrap()
    }

    #[tokio::test]
    async fn a_claim_counts_only_when_the_row_was_tried() {
        let outbox = two_of_one_key().await;
        for failures in 1..=3 {
            let rows = claim(&outbox).await;
            let attempts: Vec<u32> = rows.iter().map(|row| row.attempts).collect();
            assert_eq!(attempts, [failures, 1], "the second never had its turn");
            let released = [
                Release::new(rows[0].lease, Duration::ZERO, Some(Outcome::Nacked)),
                Release::new(rows[1].lease, Duration::ZERO, None),
            ];
            assert_eq!(outbox.release(&released).await.unwrap(), 2);
        }
    }

    #[tokio::test]
    async fn a_row_that_rests_holds_back_its_key_and_an_old_claim_is_fenced_off() {
        let outbox = two_of_one_key().await;
        let first = claim(&outbox).await;
        assert!(claim(&outbox).await.is_empty(), "both are leased");
        let rest = Release::new(first[0].lease, Duration::from_secs(60), Some(Outcome::Unknown));
        let free = Release::new(first[1].lease, Duration::ZERO, None);
        assert_eq!(outbox.release(&[rest, free]).await.unwrap(), 2);
        assert!(claim(&outbox).await.is_empty(), "the second waits for the first");

        let again = Release::new(first[0].lease, Duration::ZERO, None);
        assert_eq!(
            outbox.release(&[again]).await.unwrap(),
            1,
            "nobody has claimed it since"
        );
        let second = claim(&outbox).await;
        assert_eq!(second.len(), 2);
        assert_eq!(
            outbox.mark_sent(&[first[0].lease]).await.unwrap(),
            0,
            "an old claim"
        );
        assert_eq!(outbox.release(&[again]).await.unwrap(), 0, "an old claim");
        let leases: Vec<Lease> = second.iter().map(|row| row.lease).collect();
        assert_eq!(outbox.mark_sent(&leases).await.unwrap(), 2);
        assert_eq!(outbox.backlog().await.unwrap().pending, 0);
    }
}
