//! `idempotency_keys`: the first answers to requests with an `Idempotency-Key`.

use super::StoreError;
use super::row::{count, plain};
use product_types::Timestamp;
use sqlx::SqliteConnection;
use std::time::Duration;

/// Which request an answer belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestKey {
    /// Who asked, and for what.
    pub(crate) scope: String,
    /// What the caller chose.
    pub(crate) key: String,
    /// Of the body.
    pub(crate) fingerprint: String,
}

/// An answer that is given again, word for word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredAnswer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) body: String,
}

/// What is known about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nothing, or nothing any more.
    New,
    /// The same request was answered before.
    Answered(StoredAnswer),
    /// The key was used with another body.
    OtherBody,
}

pub(crate) async fn find(
    connection: &mut SqliteConnection,
    request: &RequestKey,
    now: Timestamp,
    kept_for: Duration,
) -> Result<Known, StoreError> {
    let oldest = now.checked_sub(kept_for).unwrap_or(Timestamp::UNIX_EPOCH);
    let row = sqlx::query("SELECT * FROM idempotency_keys WHERE scope = ? AND key = ? AND created_at > ?")
        .bind(&request.scope)
        .bind(&request.key)
        .bind(oldest.unix_micros())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        return Ok(Known::New);
    };
    if plain::<&str>(&row, "fingerprint")? != request.fingerprint {
        return Ok(Known::OtherBody);
    }
    Ok(Known::Answered(StoredAnswer {
        status: count(&row, "status")?,
        location: plain(&row, "location")?,
        etag: plain(&row, "etag")?,
        body: plain(&row, "body")?,
    }))
}

/// Keeps the answer, and forgets those that are too old.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    request: &RequestKey,
    answer: &StoredAnswer,
    now: Timestamp,
    kept_for: Duration,
) -> Result<(), StoreError> {
    let oldest = now.checked_sub(kept_for).unwrap_or(Timestamp::UNIX_EPOCH);
    sqlx::query("DELETE FROM idempotency_keys WHERE created_at <= ?")
        .bind(oldest.unix_micros())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO idempotency_keys (scope, key, fingerprint, status, location, etag, body, created_at) \
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&request.scope)
    .bind(&request.key)
    .bind(&request.fingerprint)
    .bind(answer.status)
    .bind(&answer.location)
    .bind(&answer.etag)
    .bind(&answer.body)
    .bind(now.unix_micros())
    .execute(connection)
    .await?;
    Ok(())
}
