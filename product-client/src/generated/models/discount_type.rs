// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The model `DiscountType`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a discount takes off. Only PERCENTAGE and FIXED_AMOUNT change a price; FREE_SHIPPING and
/// BUY_X_GET_Y are for the checkout to honour.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DiscountType {
    /// `PERCENTAGE`
    Percentage,
    /// `FIXED_AMOUNT`
    FixedAmount,
    /// `FREE_SHIPPING`
    FreeShipping,
    /// `BUY_X_GET_Y`
    BuyXGetY,
    /// A value that this version does not know, as it came.
    Other(String),
}

impl DiscountType {
    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Percentage => "PERCENTAGE",
            Self::FixedAmount => "FIXED_AMOUNT",
            Self::FreeShipping => "FREE_SHIPPING",
            Self::BuyXGetY => "BUY_X_GET_Y",
            Self::Other(text) => text,
        }
    }

    /// Whether this version knows the value.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

impl From<&str> for DiscountType {
    fn from(text: &str) -> Self {
        match text {
            "PERCENTAGE" => Self::Percentage,
            "FIXED_AMOUNT" => Self::FixedAmount,
            "FREE_SHIPPING" => Self::FreeShipping,
            "BUY_X_GET_Y" => Self::BuyXGetY,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for DiscountType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for DiscountType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for DiscountType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}
