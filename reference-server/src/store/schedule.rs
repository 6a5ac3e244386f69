//! `price_changes_due`: the next moment at which each variant's price changes by itself.

use super::StoreError;
use super::row::{parsed, timestamp_option};
use product_types::{Timestamp, VariantId};
use sqlx::SqliteConnection;

/// Notes the variant's next moment, or that there is none.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    variant: &VariantId,
    due: Option<Timestamp>,
) -> Result<(), StoreError> {
    let query = match due {
        Some(due) => {
            sqlx::query("INSERT OR REPLACE INTO price_changes_due (variant_id, due_at) VALUES (?, ?)")
                .bind(variant.as_str())
                .bind(due.unix_micros())
        }
        None => sqlx::query("DELETE FROM price_changes_due WHERE variant_id = ?").bind(variant.as_str()),
    };
    query.execute(connection).await?;
    Ok(())
}

/// The variants whose moment has come, the earliest first; at most `limit`.
pub(crate) async fn due(
    connection: &mut SqliteConnection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<VariantId>, StoreError> {
    let rows = sqlx::query(
        "SELECT variant_id FROM price_changes_due WHERE due_at <= ? ORDER BY due_at, variant_id LIMIT ?",
    )
    .bind(now.unix_micros())
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| parsed(row, "variant_id")).collect()
}

/// The earliest moment of all.
pub(crate) async fn next(connection: &mut SqliteConnection) -> Result<Option<Timestamp>, StoreError> {
    let row = sqlx::query("SELECT min(due_at) AS due_at FROM price_changes_due")
        .fetch_one(connection)
        .await?;
    timestamp_option(&row, "due_at")
}
