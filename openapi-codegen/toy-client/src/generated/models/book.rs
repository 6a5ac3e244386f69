// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Book`.

use std::collections::BTreeMap;

use product_types::{Decimal, Timestamp};
use serde::{Deserialize, Serialize};

use super::Genre;

/// A book that the library has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Book {
    /// Its number.
    pub isbn: String,
    /// Its title.
    pub title: String,
    /// What stands below the title; null when nothing does.
    pub subtitle: Option<String>,
    /// Bound, or as a recording.
    pub r#type: String,
    /// What kind of book it is.
    pub genres: Vec<Genre>,
    /// In kilograms.
    pub weight: f64,
    /// How many there are, by branch. Range: at least 0 of each value.
    pub copies: BTreeMap<String, u32>,
    /// What a day costs, where it costs something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub daily_fee: Option<Decimal>,
    /// A moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Timestamp>,
    /// Its number, as it was before 2007.
    #[serde(rename = "ISBN-10", skip_serializing_if = "Option::is_none")]
    pub isbn_10: Option<String>,
}
