use crate::clock::millis;
use crate::row::{affected, limit};
use crate::{Error, SqliteStore, Transaction};
use event_messaging::{Admission, InboxEntry, InboxStore, NewlyParked, Parked, ParkedBacklog, ParkedLease};
use std::time::Duration;

/// One statement for a message that is new, as most are. `?6` says that it is given up, `?7` that it was redriven.
pub(crate) const ADMIT: &str = "INSERT INTO messaging_inbox (consumer, message_id, handled_at, given_up) \
    SELECT ?1, ?2, ?3, ?6 WHERE ?4 OR NOT EXISTS \
    (SELECT 1 FROM messaging_parked WHERE consumer = ?1 AND key = ?5) \
    ON CONFLICT (consumer, message_id) DO UPDATE SET handled_at = excluded.handled_at, given_up = excluded.given_up \
    WHERE messaging_inbox.given_up = 1 AND ?7";

/// Whether there is a row that absorbs the message.
pub(crate) const IS_HANDLED: &str = "SELECT EXISTS (SELECT 1 FROM messaging_inbox \
    WHERE consumer = ?1 AND message_id = ?2 AND NOT (given_up = 1 AND ?3))";

pub(crate) const PRUNE: &str = "DELETE FROM messaging_inbox WHERE (consumer, message_id) IN \
    (SELECT consumer, message_id FROM messaging_inbox INDEXED BY messaging_inbox_age \
    WHERE consumer = ? AND handled_at < ? ORDER BY handled_at LIMIT ?)";

impl InboxStore for SqliteStore {
    type Error = Error;

    type Transaction = Transaction;

    const PARKS: bool = true;

    async fn begin(&self) -> Result<Transaction, Error> {
        self.begin().await
    }

    async fn admit(&self, transaction: &mut Transaction, entry: InboxEntry<'_>) -> Result<Admission, Error> {
        let written = sqlx::query(ADMIT)
            .bind(entry.consumer)
            .bind(entry.message_id.as_str())
            .bind(self.clock.now())
            .bind(entry.is_unparked)
            .bind(entry.key)
            .bind(entry.is_given_up)
            .bind(entry.is_redriven)
            .execute(&mut **transaction)
            .await
            .map_err(Error::database)?;
        if written.rows_affected() > 0 {
            return Ok(Admission::New);
        }
        let is_handled: bool = sqlx::query_scalar(IS_HANDLED)
            .bind(entry.consumer)
            .bind(entry.message_id.as_str())
            .bind(entry.is_redriven)
            .fetch_one(&mut **transaction)
            .await
            .map_err(Error::database)?;
        Ok(if is_handled {
            Admission::Duplicate
        } else {
            Admission::KeyParked
        })
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), Error> {
        transaction.commit().await.map_err(Error::database)
    }

    async fn park(&self, transaction: &mut Transaction, message: NewlyParked<'_>) -> Result<(), Error> {
        self.write_parked(transaction, message).await
    }

    async fn claim_parked(
        &self,
        consumer: &str,
        limit: usize,
        lease: Duration,
    ) -> Result<Vec<Parked>, Error> {
        self.lease_parked(consumer, limit, lease).await
    }

    async fn unpark(&self, transaction: &mut Transaction, lease: ParkedLease) -> Result<bool, Error> {
        self.delete_parked(transaction, lease).await
    }

    async fn postpone(
        &self,
        lease: ParkedLease,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> Result<bool, Error> {
        self.put_off_parked(lease, attempts, delay, reason).await
    }

    async fn prune(&self, consumer: &str, age: Duration, rows: usize) -> Result<usize, Error> {
        let done = sqlx::query(PRUNE)
            .bind(consumer)
            .bind(self.clock.now().saturating_sub(millis(age)))
            .bind(limit(rows))
            .execute(&self.writer)
            .await
            .map_err(Error::database)?;
        Ok(affected(&done))
    }

    async fn parked(&self, consumer: &str) -> Result<ParkedBacklog, Error> {
        self.parked_backlog(consumer).await
    }
}
