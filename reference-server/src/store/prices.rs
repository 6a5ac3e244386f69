//! `prices`, the price in force of each variant, and `price_entries`, all that were set and may still matter.

use super::StoreError;
use super::row::{json, parsed, parsed_option, plain, timestamp, timestamp_option, to_json};
use crate::domain::{Price, PriceEntry, SetPrice, Timeline};
use product_types::{Decimal, Timestamp, VariantId};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

pub(crate) async fn find(
    connection: &mut SqliteConnection,
    variant: &VariantId,
) -> Result<Option<Price>, StoreError> {
    let row = sqlx::query("SELECT * FROM prices WHERE variant_id = ?")
        .bind(variant.as_str())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(price).transpose()
}

/// Writes the price in force, which comes from the entry of this order.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    price: &Price,
    order: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR REPLACE INTO prices (variant_id, entry, base_price, sale_price, msrp, current_price, \
        discount_amount, discount_percentage, price_type, currency, effective_date, metadata) \
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(price.variant_id.as_str())
    .bind(order)
    .bind(price.base_price.to_string())
    .bind(price.sale_price.as_ref().map(Decimal::to_string))
    .bind(price.msrp.as_ref().map(Decimal::to_string))
    .bind(price.current_price.to_string())
    .bind(price.discount_amount.to_string())
    .bind(price.discount_percentage.to_string())
    .bind(price.price_type.as_str())
    .bind(price.currency.as_str())
    .bind(price.effective_date.unix_micros())
    .bind(to_json(&price.metadata)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// The order of the entry that the price in force comes from.
pub(crate) async fn entry_in_force(
    connection: &mut SqliteConnection,
    variant: &VariantId,
) -> Result<Option<i64>, StoreError> {
    let row = sqlx::query("SELECT entry FROM prices WHERE variant_id = ?")
        .bind(variant.as_str())
        .fetch_optional(connection)
        .await?;
    row.map(|row| plain(&row, "entry")).transpose()
}

/// Notes a price that was set, and answers its order.
pub(crate) async fn append_entry(
    connection: &mut SqliteConnection,
    variant: &VariantId,
    set: &SetPrice,
    from: Timestamp,
    set_at: Timestamp,
    set_by: &str,
) -> Result<i64, StoreError> {
    let done = sqlx::query(
        "INSERT INTO price_entries (variant_id, base_price, sale_price, msrp, price_type, currency, change_reason, \
        metadata, effective_from, effective_until, set_at, set_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(variant.as_str())
    .bind(set.base_price.to_string())
    .bind(set.sale_price.as_ref().map(Decimal::to_string))
    .bind(set.msrp.as_ref().map(Decimal::to_string))
    .bind(set.price_type.as_str())
    .bind(set.currency.as_str())
    .bind(&set.change_reason)
    .bind(to_json(&set.metadata)?)
    .bind(from.unix_micros())
    .bind(set.effective_until.as_ref().map(Timestamp::unix_micros))
    .bind(set_at.unix_micros())
    .bind(set_by)
    .execute(connection)
    .await?;
    Ok(done.last_insert_rowid())
}

/// All prices of the variant that may be in force now or later.
pub(crate) async fn timeline(
    connection: &mut SqliteConnection,
    variant: &VariantId,
) -> Result<Timeline, StoreError> {
    let rows = sqlx::query("SELECT * FROM price_entries WHERE variant_id = ?")
        .bind(variant.as_str())
        .fetch_all(connection)
        .await?;
    Ok(Timeline::new(rows.iter().map(entry).collect::<Result<_, _>>()?))
}

/// Forgets entries that can never be in force again.
pub(crate) async fn forget_entries(
    connection: &mut SqliteConnection,
    orders: &[i64],
) -> Result<(), StoreError> {
    if orders.is_empty() {
        return Ok(());
    }
    sqlx::query("DELETE FROM price_entries WHERE id IN (SELECT value FROM json_each(?))")
        .bind(to_json(orders)?)
        .execute(connection)
        .await?;
    Ok(())
}

fn price(row: &SqliteRow) -> Result<Price, StoreError> {
    Ok(Price {
        variant_id: parsed(row, "variant_id")?,
        base_price: parsed(row, "base_price")?,
        sale_price: parsed_option(row, "sale_price")?,
        msrp: parsed_option(row, "msrp")?,
        current_price: parsed(row, "current_price")?,
        discount_amount: parsed(row, "discount_amount")?,
        discount_percentage: parsed(row, "discount_percentage")?,
        price_type: parsed(row, "price_type")?,
        currency: parsed(row, "currency")?,
        effective_date: timestamp(row, "effective_date")?,
        metadata: json(row, "metadata")?,
    })
}

fn entry(row: &SqliteRow) -> Result<PriceEntry, StoreError> {
    let from = timestamp(row, "effective_from")?;
    let until = timestamp_option(row, "effective_until")?;
    Ok(PriceEntry {
        order: plain(row, "id")?,
        from,
        until,
        set: SetPrice {
            base_price: parsed(row, "base_price")?,
            sale_price: parsed_option(row, "sale_price")?,
            msrp: parsed_option(row, "msrp")?,
            currency: parsed(row, "currency")?,
            price_type: parsed(row, "price_type")?,
            effective_from: Some(from),
            effective_until: until,
            change_reason: plain(row, "change_reason")?,
            metadata: json(row, "metadata")?,
        },
    })
}
