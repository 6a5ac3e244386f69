//! Reading and writing the columns that are not of SQLite's own kinds.

use super::StoreError;
use product_types::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::error::Error as StdError;
use std::str::FromStr;

/// A column of one of SQLite's kinds.
pub(super) fn plain<'r, T>(row: &'r SqliteRow, column: &'static str) -> Result<T, StoreError>
where
    T: sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    Ok(row.try_get(column)?)
}

/// A number that is never negative.
pub(super) fn count<T>(row: &SqliteRow, column: &'static str) -> Result<T, StoreError>
where
    T: TryFrom<i64>,
    T::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    T::try_from(plain(row, column)?).map_err(|cause| StoreError::column(column, cause))
}

/// An identifier, a status, an amount.
pub(super) fn parsed<T>(row: &SqliteRow, column: &'static str) -> Result<T, StoreError>
where
    T: FromStr,
    T::Err: Into<Box<dyn StdError + Send + Sync>>,
{
    parse(column, plain(row, column)?)
}

/// The same, where it may be missing.
pub(super) fn parsed_option<T>(row: &SqliteRow, column: &'static str) -> Result<Option<T>, StoreError>
where
    T: FromStr,
    T::Err: Into<Box<dyn StdError + Send + Sync>>,
{
    plain::<Option<&str>>(row, column)?
        .map(|text| parse(column, text))
        .transpose()
}

fn parse<T>(column: &'static str, text: &str) -> Result<T, StoreError>
where
    T: FromStr,
    T::Err: Into<Box<dyn StdError + Send + Sync>>,
{
    text.parse().map_err(|cause| StoreError::column(column, cause))
}

pub(super) fn json<T: DeserializeOwned>(row: &SqliteRow, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(plain(row, column)?).map_err(|cause| StoreError::column(column, cause))
}

pub(super) fn timestamp(row: &SqliteRow, column: &'static str) -> Result<Timestamp, StoreError> {
    moment(column, plain(row, column)?)
}

pub(super) fn timestamp_option(
    row: &SqliteRow,
    column: &'static str,
) -> Result<Option<Timestamp>, StoreError> {
    plain::<Option<i64>>(row, column)?
        .map(|micros| moment(column, micros))
        .transpose()
}

fn moment(column: &'static str, micros: i64) -> Result<Timestamp, StoreError> {
    u32::try_from(micros.rem_euclid(1_000_000) * 1_000)
        .ok()
        .and_then(|nanos| Timestamp::from_unix(micros.div_euclid(1_000_000), nanos))
        .ok_or_else(|| StoreError::column(column, "it is outside the years 0000 to 9999"))
}

/// A list or an object, as text.
pub(super) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(StoreError::encode)
}

/// A number that never reaches the limit of SQLite's integers.
pub(super) fn to_integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
