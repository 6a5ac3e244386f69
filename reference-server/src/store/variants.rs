//! `variants`, joined with the product's status and the price in force.

use super::StoreError;
use super::row::{count, json, parsed, plain, timestamp, timestamp_option, to_integer, to_json};
use crate::domain::{Page, PageRequest, Variant, VariantPrice};
use product_types::{ProductId, Timestamp, VariantId};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

const SELECT: &str = "SELECT v.*, p.status AS product_status, r.current_price, r.currency, r.effective_date \
    FROM variants v JOIN products p ON p.id = v.product_id LEFT JOIN prices r ON r.variant_id = v.id \
    WHERE v.deleted_at IS NULL AND p.deleted_at IS NULL";

pub(crate) async fn find(
    connection: &mut SqliteConnection,
    id: &VariantId,
) -> Result<Option<Variant>, StoreError> {
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    query.push(" AND v.id = ").push_bind(id.as_str());
    let row = query.build().fetch_optional(connection).await?;
    row.as_ref().map(variant).transpose()
}

/// Those that exist, in no particular order.
pub(crate) async fn find_all(
    connection: &mut SqliteConnection,
    ids: &[VariantId],
) -> Result<Vec<Variant>, StoreError> {
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    let ids = to_json(ids)?;
    query
        .push(" AND v.id IN (SELECT value FROM json_each(")
        .push_bind(ids)
        .push("))");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(variant).collect()
}

/// The variants of a product, oldest first.
pub(crate) async fn list(
    connection: &mut SqliteConnection,
    product: &ProductId,
    without_drafts: bool,
    request: PageRequest,
) -> Result<Page<Variant>, StoreError> {
    let drafts = if without_drafts {
        " AND v.status <> 'DRAFT'"
    } else {
        ""
    };
    let mut query = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM variants v WHERE v.deleted_at IS NULL");
    query
        .push(drafts)
        .push(" AND v.product_id = ")
        .push_bind(product.as_str());
    let total = query.build().fetch_one(&mut *connection).await?.try_get(0)?;

    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    query
        .push(drafts)
        .push(" AND v.product_id = ")
        .push_bind(product.as_str());
    query
        .push(" ORDER BY v.position, v.id LIMIT ")
        .push_bind(i64::from(request.limit));
    query.push(" OFFSET ").push_bind(request.offset());
    let rows = query.build().fetch_all(connection).await?;
    let items = rows.iter().map(variant).collect::<Result<_, _>>()?;
    Ok(Page::new(items, total, request))
}

/// Whether there is or was a variant of this id.
pub(crate) async fn is_known(connection: &mut SqliteConnection, id: &VariantId) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM variants WHERE id = ?")
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Who has this SKU.
pub(crate) async fn find_by_sku(
    connection: &mut SqliteConnection,
    sku: &str,
) -> Result<Option<VariantId>, StoreError> {
    let row = sqlx::query("SELECT id FROM variants WHERE sku = ? AND deleted_at IS NULL")
        .bind(sku)
        .fetch_optional(connection)
        .await?;
    row.map(|row| parsed(&row, "id")).transpose()
}

/// Writes a new variant behind the product's others. Its price is written apart.
pub(crate) async fn insert(connection: &mut SqliteConnection, variant: &Variant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO variants (id, product_id, sku, name, status, attributes, images, inventory_status, \
        inventory_setup, version, created_at, updated_at, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
        (SELECT coalesce(max(position), 0) + 1 FROM variants WHERE product_id = ?))",
    )
    .bind(variant.id.as_str())
    .bind(variant.product_id.as_str())
    .bind(&variant.sku)
    .bind(&variant.name)
    .bind(variant.status.as_str())
    .bind(to_json(&variant.attributes)?)
    .bind(to_json(&variant.images)?)
    .bind(variant.inventory_status.as_str())
    .bind(variant.inventory_setup.as_str())
    .bind(to_integer(variant.version))
    .bind(variant.created_at.unix_micros())
    .bind(variant.updated_at.unix_micros())
    .bind(variant.product_id.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes all fields that a change of the variant may touch.
pub(crate) async fn update(connection: &mut SqliteConnection, variant: &Variant) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE variants SET sku = ?, name = ?, status = ?, attributes = ?, images = ?, version = ?, \
        updated_at = ? WHERE id = ?",
    )
    .bind(&variant.sku)
    .bind(&variant.name)
    .bind(variant.status.as_str())
    .bind(to_json(&variant.attributes)?)
    .bind(to_json(&variant.images)?)
    .bind(to_integer(variant.version))
    .bind(variant.updated_at.unix_micros())
    .bind(variant.id.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts a change of the variant's price as a change of the variant.
pub(crate) async fn touch(
    connection: &mut SqliteConnection,
    id: &VariantId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE variants SET version = version + 1, updated_at = ? WHERE id = ?")
        .bind(now.unix_micros())
        .bind(id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Marks the variant as deleted.
pub(crate) async fn delete(
    connection: &mut SqliteConnection,
    id: &VariantId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE variants SET deleted_at = ?, version = version + 1 WHERE id = ?")
        .bind(now.unix_micros())
        .bind(id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

fn variant(row: &SqliteRow) -> Result<Variant, StoreError> {
    let price = match plain::<Option<&str>>(row, "current_price")? {
        None => None,
        Some(_) => Some(VariantPrice {
            amount: parsed(row, "current_price")?,
            currency: parsed(row, "currency")?,
            effective_date: timestamp(row, "effective_date")?,
        }),
    };
    let mut variant = Variant {
        id: parsed(row, "id")?,
        product_id: parsed(row, "product_id")?,
        sku: plain(row, "sku")?,
        name: plain(row, "name")?,
        status: parsed(row, "status")?,
        product_status: parsed(row, "product_status")?,
        purchasable: false,
        price,
        attributes: json(row, "attributes")?,
        images: json(row, "images")?,
        inventory_status: parsed(row, "inventory_status")?,
        inventory_as_of: timestamp_option(row, "inventory_as_of")?,
        inventory_setup: parsed(row, "inventory_setup")?,
        version: count(row, "version")?,
        created_at: timestamp(row, "created_at")?,
        updated_at: timestamp(row, "updated_at")?,
    };
    variant.purchasable = variant.is_purchasable();
    Ok(variant)
}
