//! Messages come at least once and, after a redelivery, in any order. Their effects come once and in order.
//!
//! The inbox row, the sequence and the effect are one transaction: a crash leaves all or none of them, and the
//! redelivered message then finds out which.

use super::{Projection, apply};
use crate::failure::Failure;
use event_contracts::ProductEvent;
use event_messaging::Verdict;
use product_types::Timestamp;
use sqlx::{Row, SqliteConnection};

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intake {
    /// It had its effect, and so had those that waited for it.
    Applied,
    /// It came before its predecessor and waits.
    Held,
    /// It is older than what the projection has.
    Stale,
    /// It is of a type that this version does not know; there was nothing to do.
    UnknownType,
    /// It was taken in before; nothing changed.
    Duplicate,
}

impl Intake {
    /// As stored in `inbox.outcome`; a duplicate leaves no row.
    fn stored(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Held => "held",
            Self::Stale | Self::Duplicate => "stale",
            Self::UnknownType => "unknown_type",
        }
    }
}

impl Projection {
    /// Takes in one event.
    ///
    /// Cancel safe: a dropped call has had no effect.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; nothing changed then, and the event may be given again.
    pub async fn take_in(&self, event: &ProductEvent, now: Timestamp) -> Result<Intake, Failure> {
        self.in_transaction(event, now).await.map_err(|cause| {
            let id = event.metadata().message_id.as_str();
            Failure::because(format!("cannot apply {} {id}", event.message_type()), cause)
        })
    }

    async fn in_transaction(&self, event: &ProductEvent, now: Timestamp) -> Result<Intake, Cause> {
        let mut write = self.store.write().await?;
        let intake = take_in(&mut write, event, now).await?;
        write.commit().await?;
        Ok(intake)
    }
}

/// The lower level's causes: the database's, or the contract's.
type Cause = Box<dyn std::error::Error + Send + Sync>;

async fn take_in(
    write: &mut SqliteConnection,
    event: &ProductEvent,
    now: Timestamp,
) -> Result<Intake, Cause> {
    let metadata = event.metadata();
    let entered = sqlx::query(
        "INSERT INTO inbox (message_id, message_type, partition_key, sequence, outcome, received_at) \
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (message_id) DO NOTHING",
    )
    .bind(metadata.message_id.as_str())
    .bind(event.message_type())
    .bind(&metadata.partition_key)
    .bind(metadata.sequence.map(i64::try_from).transpose()?)
    .bind(Intake::Applied.stored())
    .bind(now.to_string())
    .execute(&mut *write)
    .await?;
    if entered.rows_affected() == 0 {
        return Ok(Intake::Duplicate);
    }
    let intake = match (&metadata.partition_key, metadata.sequence) {
        (Some(key), Some(sequence)) => through_gate(write, event, key, sequence).await?,
        // Without a place in an order there is none to keep.
        _ => effect(write, event).await?,
    };
    if intake != Intake::Applied {
        settle(write, metadata.message_id.as_str(), intake).await?;
    }
    Ok(intake)
}

async fn through_gate(
    write: &mut SqliteConnection,
    event: &ProductEvent,
    key: &str,
    sequence: u64,
) -> Result<Intake, Cause> {
    // The queue was bound before the first event, so every key begins at 1.
    let last: Option<u64> =
        sqlx::query_scalar("SELECT sequence FROM projection_sequences WHERE partition_key = ?")
            .bind(key)
            .fetch_optional(&mut *write)
            .await?;
    match Verdict::of(last, sequence) {
        Verdict::Stale { .. } => return Ok(Intake::Stale),
        Verdict::Gap { .. } => {
            hold(write, event, key, sequence).await?;
            return Ok(Intake::Held);
        }
        Verdict::Next => {}
    }
    let intake = effect(write, event).await?;
    let reached = release(write, key, i64::try_from(sequence)?).await?;
    sqlx::query(
        "INSERT INTO projection_sequences (partition_key, sequence) VALUES (?, ?) \
         ON CONFLICT (partition_key) DO UPDATE SET sequence = excluded.sequence",
    )
    .bind(key)
    .bind(reached)
    .execute(&mut *write)
    .await?;
    Ok(intake)
}

/// Another message with the sequence of one that waits is dropped: the first one said what there is to say.
async fn hold(
    write: &mut SqliteConnection,
    event: &ProductEvent,
    key: &str,
    sequence: u64,
) -> Result<(), Cause> {
    sqlx::query(
        "INSERT INTO held_events (partition_key, sequence, message_id, body) VALUES (?, ?, ?, ?) \
         ON CONFLICT DO NOTHING",
    )
    .bind(key)
    .bind(i64::try_from(sequence)?)
    .bind(event.metadata().message_id.as_str())
    .bind(event.to_json()?)
    .execute(&mut *write)
    .await?;
    Ok(())
}

/// Applies the held events that follow `reached` without a hole; the last sequence applied comes back.
async fn release(write: &mut SqliteConnection, key: &str, mut reached: i64) -> Result<i64, Cause> {
    while let Some(row) = sqlx::query(
        "DELETE FROM held_events WHERE partition_key = ? AND sequence = ? RETURNING message_id, body",
    )
    .bind(key)
    .bind(reached + 1)
    .fetch_optional(&mut *write)
    .await?
    {
        let (message_id, body): (String, Vec<u8>) = (row.try_get("message_id")?, row.try_get("body")?);
        let intake = effect(write, &ProductEvent::decode(&body)?).await?;
        settle(write, &message_id, intake).await?;
        reached += 1;
    }
    Ok(reached)
}

async fn effect(write: &mut SqliteConnection, event: &ProductEvent) -> Result<Intake, Cause> {
    Ok(if apply::apply(write, event).await? {
        Intake::Applied
    } else {
        Intake::UnknownType
    })
}

async fn settle(write: &mut SqliteConnection, message_id: &str, intake: Intake) -> Result<(), Cause> {
    sqlx::query("UPDATE inbox SET outcome = ? WHERE message_id = ?")
        .bind(intake.stored())
        .bind(message_id)
        .execute(&mut *write)
        .await?;
    Ok(())
}
