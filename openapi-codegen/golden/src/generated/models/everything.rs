// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `Everything`.

use std::collections::BTreeMap;

use product_types::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Colour, Nothing, Old, Shape, Small};

/// Every kind of property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Everything {
    /// A text. Length: 36. Format: `uuid`.
    pub id: String,
    /// A number.
    pub i32: i32,
    /// A number. Range: at least -5.
    pub i64: i64,
    /// A number. Range: at least 0.
    pub u32: u32,
    /// A number. Range: at least 1.
    pub u64: u64,
    /// A number.
    pub f32: f32,
    /// A number. Above 0. A multiple of 0.5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub f64: Option<f64>,
    /// Yes or no. Default: `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<bool>,
    /// A text or null. Length: at least 2.
    pub nullable: Option<String>,
    /// A thing or null.
    pub nullable_reference: Option<Small>,
    /// A list. Items: 1 to 5. None twice. Length: at most 7 of each.
    pub list: Vec<String>,
    /// Lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lists: Option<Vec<Vec<Colour>>>,
    /// A map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<BTreeMap<String, Decimal>>,
    /// A map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map_of_lists: Option<BTreeMap<String, Vec<bool>>>,
    /// Anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free: Option<Map<String, Value>>,
    /// Described anew. Default: `0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Decimal>,
    /// An amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inline_amount: Option<Decimal>,
    /// A word. Pattern: `^[a-z]+$`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    /// A colour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
    /// What is no longer made.
    ///
    /// Deprecated by the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Old>,
    /// Nothing yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nothing: Option<Nothing>,
    /// A keyword.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// An odd name.
    #[serde(rename = "Upper-Case")]
    pub upper_case: String,
    /// A name with a stroke.
    #[serde(rename = "self_made")]
    pub self_made: String,
    /// A round or an angular thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<Shape>,
}
