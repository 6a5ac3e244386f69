//! `outbox` and `sequences`: events are appended in the transaction of the change that they tell of.

use super::StoreError;
use super::row::plain;
use event_contracts::{Envelope, Event};
use product_types::Timestamp;
use sqlx::{Row, SqliteConnection};

/// Who says so, in the envelope.
const SOURCE: &str = "product-service";

/// Writes the event behind all others of its key.
pub(crate) async fn append<E: Event>(
    connection: &mut SqliteConnection,
    event: E,
    correlation_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sequence: i64 = sqlx::query(
        "INSERT INTO sequences (partition_key, last) VALUES (?, 1) \
        ON CONFLICT (partition_key) DO UPDATE SET last = last + 1 RETURNING last",
    )
    .bind(event.key().to_owned())
    .fetch_one(&mut *connection)
    .await?
    .try_get(0)?;
    let envelope = Envelope::new(event, SOURCE, correlation_id, now).with_sequence(sequence.unsigned_abs());
    let body = envelope.to_json().map_err(StoreError::encode)?;
    let body = String::from_utf8(body).map_err(StoreError::encode)?;
    sqlx::query(
        "INSERT INTO outbox (message_id, message_type, exchange, routing_key, partition_key, sequence, \
        correlation_id, body, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(envelope.metadata().message_id.as_str())
    .bind(E::TYPE)
    .bind(E::EXCHANGE)
    .bind(E::ROUTING_KEY)
    .bind(envelope.payload().key())
    .bind(sequence)
    .bind(correlation_id)
    .bind(body)
    .bind(now.unix_micros())
    .execute(connection)
    .await?;
    Ok(())
}

/// How many events wait, and how many were handed to the broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) pending: u64,
    pub(crate) sent: u64,
}

pub(crate) async fn counts(connection: &mut SqliteConnection) -> Result<Counts, StoreError> {
    let row = sqlx::query(
        "SELECT count(*) FILTER (WHERE sent_at IS NULL) AS pending, \
        count(*) FILTER (WHERE sent_at IS NOT NULL) AS sent FROM outbox",
    )
    .fetch_one(connection)
    .await?;
    Ok(Counts {
        pending: plain::<i64>(&row, "pending")?.unsigned_abs(),
        sent: plain::<i64>(&row, "sent")?.unsigned_abs(),
    })
}
