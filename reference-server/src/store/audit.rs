//! `audit`: who changed what, when, from what to what.

use super::StoreError;
use super::row::to_json;
use product_types::Timestamp;
use serde::Serialize;
use sqlx::SqliteConnection;

/// One change, to be recorded in its own transaction.
pub(crate) struct Record<'a, T> {
    pub(crate) at: Timestamp,
    pub(crate) actor: &'a str,
    pub(crate) correlation_id: &'a str,
    /// `create`, `update`, `delete`.
    pub(crate) action: &'static str,
    /// `product`, `variant`, `price`, `category`.
    pub(crate) kind: &'static str,
    pub(crate) entity_id: &'a str,
    pub(crate) before: Option<&'a T>,
    pub(crate) after: Option<&'a T>,
}

pub(crate) async fn append<T: Serialize>(
    connection: &mut SqliteConnection,
    record: Record<'_, T>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO audit (at, actor, correlation_id, action, kind, entity_id, before, after) \
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(record.at.unix_micros())
    .bind(record.actor)
    .bind(record.correlation_id)
    .bind(record.action)
    .bind(record.kind)
    .bind(record.entity_id)
    .bind(record.before.map(to_json).transpose()?)
    .bind(record.after.map(to_json).transpose()?)
    .execute(connection)
    .await?;
    Ok(())
}
