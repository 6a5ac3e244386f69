//! `products` and `product_categories`.

use super::StoreError;
use super::product_filter::{ProductFilter, on_one_line};
use super::row::{count, json, parsed, plain, timestamp, to_integer, to_json};
use crate::domain::{Page, PageRequest, Product};
use product_types::{ProductId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

const SELECT: &str = "SELECT p.*, (SELECT json_group_array(category_id) FROM (SELECT category_id FROM \
    product_categories WHERE product_id = p.id ORDER BY position)) AS category_ids FROM products p \
    WHERE p.deleted_at IS NULL";

pub(crate) async fn find(
    connection: &mut SqliteConnection,
    id: &ProductId,
) -> Result<Option<Product>, StoreError> {
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    query.push(" AND p.id = ").push_bind(id.as_str());
    let row = query.build().fetch_optional(connection).await?;
    row.as_ref().map(product).transpose()
}

/// Those that exist, in no particular order.
pub(crate) async fn find_all(
    connection: &mut SqliteConnection,
    ids: &[ProductId],
) -> Result<Vec<Product>, StoreError> {
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    let ids = to_json(ids)?;
    query
        .push(" AND p.id IN (SELECT value FROM json_each(")
        .push_bind(ids)
        .push("))");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(product).collect()
}

pub(crate) async fn list(
    connection: &mut SqliteConnection,
    filter: &ProductFilter,
    request: PageRequest,
) -> Result<Page<Product>, StoreError> {
    let mut query = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM products p WHERE p.deleted_at IS NULL");
    filter.narrow(&mut query);
    let total = query.build().fetch_one(&mut *connection).await?.try_get(0)?;

    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    filter.narrow(&mut query);
    filter.order(&mut query);
    query.push(" LIMIT ").push_bind(i64::from(request.limit));
    query.push(" OFFSET ").push_bind(request.offset());
    let rows = query.build().fetch_all(connection).await?;
    let items = rows.iter().map(product).collect::<Result<_, _>>()?;
    Ok(Page::new(items, total, request))
}

/// Whether there is or was a product of this id.
pub(crate) async fn is_known(connection: &mut SqliteConnection, id: &ProductId) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM products WHERE id = ?")
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Who has this name within the brand.
pub(crate) async fn find_named(
    connection: &mut SqliteConnection,
    brand: &str,
    name: &str,
) -> Result<Option<ProductId>, StoreError> {
    let row = sqlx::query("SELECT id FROM products WHERE brand = ? AND name = ? AND deleted_at IS NULL")
        .bind(brand)
        .bind(name)
        .fetch_optional(connection)
        .await?;
    row.map(|row| parsed(&row, "id")).transpose()
}

pub(crate) async fn insert(connection: &mut SqliteConnection, product: &Product) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO products (id, name, description, brand, tags, status, attributes, images, \
        search_keywords, is_hazardous_material, metadata, brand_folded, search_text, version, created_at, updated_at) \
        VALUES (?, '', '', '', '', '', '', '', '', 0, '', '', '', 0, ?, 0)")
        .bind(product.id.as_str())
        .bind(product.created_at.unix_micros())
        .execute(&mut *connection)
        .await?;
    update(connection, product, true).await
}

/// Writes all fields that a change may touch; the categories only when `with_categories`.
pub(crate) async fn update(
    connection: &mut SqliteConnection,
    product: &Product,
    with_categories: bool,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE products SET name = ?, description = ?, short_description = ?, brand = ?, tags = ?, status = ?, \
        attributes = ?, images = ?, search_keywords = ?, country_of_origin = ?, is_hazardous_material = ?, \
        metadata = ?, brand_folded = ?, search_text = ?, version = ?, updated_at = ? WHERE id = ?",
    )
    .bind(&product.name)
    .bind(&product.description)
    .bind(&product.short_description)
    .bind(&product.brand)
    .bind(to_json(&product.tags)?)
    .bind(product.status.as_str())
    .bind(to_json(&product.attributes)?)
    .bind(to_json(&product.images)?)
    .bind(to_json(&product.search_keywords)?)
    .bind(&product.country_of_origin)
    .bind(product.is_hazardous_material)
    .bind(to_json(&product.metadata)?)
    .bind(product.brand.to_lowercase())
    .bind(search_text(product))
    .bind(to_integer(product.version))
    .bind(product.updated_at.unix_micros())
    .bind(product.id.as_str())
    .execute(&mut *connection)
    .await?;
    if with_categories {
        replace_categories(connection, product).await?;
    }
    Ok(())
}

async fn replace_categories(connection: &mut SqliteConnection, product: &Product) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM product_categories WHERE product_id = ?")
        .bind(product.id.as_str())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO product_categories (product_id, category_id, position) \
        SELECT ?, value, key FROM json_each(?)",
    )
    .bind(product.id.as_str())
    .bind(to_json(&product.category_ids)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Marks the product and its variants as deleted.
pub(crate) async fn delete(
    connection: &mut SqliteConnection,
    id: &ProductId,
    now: Timestamp,
) -> Result<(), StoreError> {
    for statement in [
        "UPDATE products SET deleted_at = ?, version = version + 1 WHERE id = ?",
        "UPDATE variants SET deleted_at = ?, version = version + 1 WHERE product_id = ? AND deleted_at IS NULL",
    ] {
        sqlx::query(statement)
            .bind(now.unix_micros())
            .bind(id.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

fn product(row: &SqliteRow) -> Result<Product, StoreError> {
    Ok(Product {
        id: parsed(row, "id")?,
        name: plain(row, "name")?,
        description: plain(row, "description")?,
        short_description: plain(row, "short_description")?,
        brand: plain(row, "brand")?,
        category_ids: json(row, "category_ids")?,
        tags: json(row, "tags")?,
        status: parsed(row, "status")?,
        attributes: json(row, "attributes")?,
        images: json(row, "images")?,
        search_keywords: json(row, "search_keywords")?,
        country_of_origin: plain(row, "country_of_origin")?,
        is_hazardous_material: plain(row, "is_hazardous_material")?,
        average_rating: plain(row, "average_rating")?,
        review_count: count(row, "review_count")?,
        metadata: json(row, "metadata")?,
        version: count(row, "version")?,
        created_at: timestamp(row, "created_at")?,
        updated_at: timestamp(row, "updated_at")?,
    })
}

/// Everything that the search looks at, line by line, so that a text found across two fields is no match.
fn search_text(product: &Product) -> String {
    let mut text = format!("{}\n{}", on_one_line(&product.name), on_one_line(&product.brand));
    for word in product.tags.iter().chain(&product.search_keywords) {
        text.push('\n');
        text.push_str(&on_one_line(word));
    }
    text.to_lowercase()
}
