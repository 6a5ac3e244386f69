//! `categories`.

use super::StoreError;
use super::row::{count, json, parsed, parsed_option, plain, timestamp, to_json};
use crate::domain::{Category, CategorySummary, Page, PageRequest};
use product_types::CategoryId;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// The children come as a JSON list of `{id, name}`, by name.
const CHILDREN: &str = "(SELECT json_group_array(json_object('id', id, 'name', name)) FROM \
    (SELECT id, name FROM categories WHERE parent_id = c.id ORDER BY name, id)) AS children";

pub(crate) async fn find(
    connection: &mut SqliteConnection,
    id: &CategoryId,
) -> Result<Option<Category>, StoreError> {
    let mut query = sqlx::QueryBuilder::new("SELECT c.*, ");
    query
        .push(CHILDREN)
        .push(" FROM categories c WHERE c.id = ")
        .push_bind(id.as_str());
    let row = query.build().fetch_optional(connection).await?;
    row.as_ref().map(category).transpose()
}

/// The categories directly under one, or the roots; by name, ties broken by id.
pub(crate) async fn list(
    connection: &mut SqliteConnection,
    parent: Option<&CategoryId>,
    request: PageRequest,
) -> Result<Page<Category>, StoreError> {
    let parent = parent.map_or("", CategoryId::as_str);
    let total = sqlx::query("SELECT count(*) FROM categories WHERE coalesce(parent_id, '') = ?")
        .bind(parent)
        .fetch_one(&mut *connection)
        .await?
        .try_get(0)?;
    let mut query = sqlx::QueryBuilder::new("SELECT c.*, ");
    query.push(CHILDREN);
    query
        .push(" FROM categories c WHERE coalesce(c.parent_id, '') = ")
        .push_bind(parent);
    query
        .push(" ORDER BY c.name, c.id LIMIT ")
        .push_bind(i64::from(request.limit));
    query.push(" OFFSET ").push_bind(request.offset());
    let rows = query.build().fetch_all(connection).await?;
    let items = rows.iter().map(category).collect::<Result<_, _>>()?;
    Ok(Page::new(items, total, request))
}

/// Those of the categories that exist, with their names, in the order asked for.
pub(crate) async fn names(
    connection: &mut SqliteConnection,
    ids: &[CategoryId],
) -> Result<Vec<CategorySummary>, StoreError> {
    let rows = sqlx::query(
        "SELECT c.id, c.name FROM json_each(?) wanted JOIN categories c ON c.id = wanted.value ORDER BY wanted.key",
    )
    .bind(to_json(ids)?)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(CategorySummary {
                id: parsed(row, "id")?,
                name: plain(row, "name")?,
            })
        })
        .collect()
}

/// The category of this name under the parent, or among the roots.
pub(crate) async fn find_named(
    connection: &mut SqliteConnection,
    parent: Option<&CategoryId>,
    name: &str,
) -> Result<Option<CategoryId>, StoreError> {
    let row = sqlx::query("SELECT id FROM categories WHERE coalesce(parent_id, '') = ? AND name = ?")
        .bind(parent.map_or("", CategoryId::as_str))
        .bind(name)
        .fetch_optional(connection)
        .await?;
    row.map(|row| parsed(&row, "id")).transpose()
}

pub(crate) async fn insert(connection: &mut SqliteConnection, category: &Category) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO categories (id, parent_id, name, description, level, path, metadata, created_at, updated_at) \
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(category.id.as_str())
    .bind(category.parent_id.as_ref().map(CategoryId::as_str))
    .bind(&category.name)
    .bind(&category.description)
    .bind(category.level)
    .bind(&category.path)
    .bind(to_json(&category.metadata)?)
    .bind(category.created_at.unix_micros())
    .bind(category.updated_at.unix_micros())
    .execute(connection)
    .await?;
    Ok(())
}

fn category(row: &SqliteRow) -> Result<Category, StoreError> {
    Ok(Category {
        id: parsed(row, "id")?,
        name: plain(row, "name")?,
        description: plain(row, "description")?,
        parent_id: parsed_option(row, "parent_id")?,
        level: count(row, "level")?,
        path: plain(row, "path")?,
        children: json(row, "children")?,
        metadata: json(row, "metadata")?,
        created_at: timestamp(row, "created_at")?,
        updated_at: timestamp(row, "updated_at")?,
    })
}
