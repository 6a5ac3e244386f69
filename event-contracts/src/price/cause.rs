use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What made a price effective. A word that this version does not know is kept as it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum PriceCause {
    /// A scheduled price came due, or its time ended.
    Schedule,
    /// A discount began.
    DiscountStarted,
    /// A discount ended.
    DiscountEnded,
    /// A discount was applied to the variant.
    DiscountApplied,
    /// A discount was taken off the variant.
    DiscountRemoved,
    /// A word that this version does not know.
    Other(Arc<str>),
}

impl PriceCause {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Schedule => "schedule",
            Self::DiscountStarted => "discountStarted",
            Self::DiscountEnded => "discountEnded",
            Self::DiscountApplied => "discountApplied",
            Self::DiscountRemoved => "discountRemoved",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for PriceCause {
    fn from(word: String) -> Self {
        match word.as_str() {
            "schedule" => Self::Schedule,
            "discountStarted" => Self::DiscountStarted,
            "discountEnded" => Self::DiscountEnded,
            "discountApplied" => Self::DiscountApplied,
            "discountRemoved" => Self::DiscountRemoved,
            _ => Self::Other(Arc::from(word)),
        }
    }
}

impl From<PriceCause> for String {
    fn from(cause: PriceCause) -> Self {
        cause.as_str().to_owned()
    }
}
