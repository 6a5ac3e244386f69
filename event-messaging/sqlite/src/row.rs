//! Reading and writing the columns that are not of SQLite's own kinds.

use crate::Error;
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::str::FromStr;

/// A column of one of SQLite's kinds.
pub(crate) fn plain<'r, T>(row: &'r SqliteRow, column: &'static str) -> Result<T, Error>
where
    T: sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    row.try_get(column).map_err(Error::database)
}

/// A number that is never negative.
pub(crate) fn count<T>(row: &SqliteRow, column: &'static str) -> Result<T, Error>
where
    T: TryFrom<i64>,
    T::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    T::try_from(plain(row, column)?).map_err(|cause| Error::column(column, cause))
}

pub(crate) fn parsed<T>(row: &SqliteRow, column: &'static str) -> Result<T, Error>
where
    T: FromStr,
    T::Err: Into<Box<dyn StdError + Send + Sync>>,
{
    let text: &str = plain(row, column)?;
    text.parse().map_err(|cause| Error::column(column, cause))
}

/// Most messages have no headers, and then nothing is parsed.
pub(crate) fn headers(row: &SqliteRow) -> Result<BTreeMap<String, String>, Error> {
    match plain(row, "headers")? {
        "{}" => Ok(BTreeMap::new()),
        text => serde_json::from_str(text).map_err(|cause| Error::column("headers", cause)),
    }
}

pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::encode)
}

/// A limit of rows.
pub(crate) fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

pub(crate) fn affected(done: &sqlx::sqlite::SqliteQueryResult) -> usize {
    usize::try_from(done.rows_affected()).unwrap_or(usize::MAX)
}
