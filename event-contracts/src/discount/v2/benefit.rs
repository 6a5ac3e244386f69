use product_types::{Decimal, DiscountType, Money};
use serde::{Deserialize, Serialize};

/// What a discount gives.
///
/// On the wire it is an object whose `type` is that of version 1: `{"type": "PERCENTAGE", "percent": "15"}`,
/// `{"type": "FIXED_AMOUNT", "amount": {"amount": "5.00", "currency": "EUR"}}`, `{"type": "FREE_SHIPPING"}`. What has
/// no better name is `value`, the number of version 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Written", into = "Written")]
#[non_exhaustive]
pub enum Benefit {
    /// So many percent of the price.
    Percentage(Decimal),
    /// So much off the price.
    FixedAmount(Money),
    /// So much off the price, from a writer of version 1, which does not say in which currency. The Product Service
    /// lets a discount be applied only where its currency is that of the price.
    FixedAmountWithoutCurrency(Decimal),
    /// Shipping for nothing.
    FreeShipping,
    /// More for the same money. No document says what its number counts, so it stays what version 1 calls it.
    BuyXGetY(Decimal),
    /// What this version does not know, with its number, if it has one.
    Other(DiscountType, Option<Decimal>),
}

impl Benefit {
    /// What version 1 says as `type` and `value`.
    #[must_use]
    pub fn from_type_and_value(discount_type: DiscountType, value: Decimal) -> Self {
        match discount_type {
            DiscountType::Percentage => Self::Percentage(value),
            DiscountType::FixedAmount => Self::FixedAmountWithoutCurrency(value),
            DiscountType::FreeShipping => Self::FreeShipping,
            DiscountType::BuyXGetY => Self::BuyXGetY(value),
            other => Self::Other(other, Some(value)),
        }
    }

    /// The type, as version 1 and the API call it.
    #[must_use]
    pub fn discount_type(&self) -> DiscountType {
        match self {
            Self::Percentage(_) => DiscountType::Percentage,
            Self::FixedAmount(_) | Self::FixedAmountWithoutCurrency(_) => DiscountType::FixedAmount,
            Self::FreeShipping => DiscountType::FreeShipping,
            Self::BuyXGetY(_) => DiscountType::BuyXGetY,
            Self::Other(other, _) => other.clone(),
        }
    }

    /// The number that version 1 states; none for what takes nothing off a price.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Self::Percentage(value) | Self::FixedAmountWithoutCurrency(value) | Self::BuyXGetY(value) => {
                Some(*value)
            }
            Self::FixedAmount(money) => Some(money.amount),
            Self::FreeShipping => None,
            Self::Other(_, value) => *value,
        }
    }
}

/// The form on the wire. An internally tagged enum would buffer its fields, and exact amounts with them.
#[derive(Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "Benefit")
)]
struct Written {
    /// What the discount gives.
    #[serde(rename = "type")]
    discount_type: DiscountType,
    /// So many percent of the price; of a `PERCENTAGE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<Decimal>,
    /// So much off the price; of a `FIXED_AMOUNT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<Money>,
    /// The number of version 1, where neither `percent` nor `amount` fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<Decimal>,
}

impl TryFrom<Written> for Benefit {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        match written.discount_type {
            DiscountType::Percentage => written
                .percent
                .or(written.value)
                .map(Self::Percentage)
                .ok_or("a percentage needs `percent`"),
            DiscountType::FixedAmount => written
                .amount
                .map(Self::FixedAmount)
                .or(written.value.map(Self::FixedAmountWithoutCurrency))
                .ok_or("a fixed amount needs `amount`"),
            DiscountType::FreeShipping => Ok(Self::FreeShipping),
            DiscountType::BuyXGetY => written
                .value
                .map(Self::BuyXGetY)
                .ok_or("buy-x-get-y needs `value`"),
            other => Ok(Self::Other(other, written.value)),
        }
    }
}

impl From<Benefit> for Written {
    fn from(benefit: Benefit) -> Self {
        let mut written = Self {
            discount_type: benefit.discount_type(),
            percent: None,
            amount: None,
            value: None,
        };
        match benefit {
            Benefit::Percentage(percent) => written.percent = Some(percent),
            Benefit::FixedAmount(amount) => written.amount = Some(amount),
            other => written.value = other.value(),
        }
        written
    }
}
