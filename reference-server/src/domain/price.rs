use super::parts::check_metadata;
use super::{Check, Invalid, Metadata};
use product_types::{CurrencyCode, Decimal, PriceType, Timestamp, VariantId};
use serde::Serialize;

/// Amounts stay below this, so that twelve digits stand before the point at most.
const TOO_LARGE: i64 = 1_000_000_000_000;
/// The API writes two decimals at most; a currency with more is refused by name.
const MOST_DECIMALS: u32 = 2;

/// The price of a variant as the API shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Price {
    pub(crate) variant_id: VariantId,
    pub(crate) base_price: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sale_price: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) msrp: Option<Decimal>,
    /// What is to be paid right now.
    pub(crate) current_price: Decimal,
    /// `basePrice - currentPrice`.
    pub(crate) discount_amount: Decimal,
    /// Of the base price, rounded half-even to two decimals.
    pub(crate) discount_percentage: Decimal,
    pub(crate) price_type: PriceType,
    pub(crate) currency: CurrencyCode,
    pub(crate) effective_date: Timestamp,
    pub(crate) metadata: Metadata,
}

impl Price {
    /// The price that `set` makes for a variant, in force since `effective_date`.
    ///
    /// The current price is the sale price, or else the base price. Amounts are written with the currency's minor
    /// units: `89.9` becomes `89.90`.
    pub(crate) fn of(variant_id: VariantId, set: &SetPrice, effective_date: Timestamp) -> Self {
        let decimals = set
            .currency
            .minor_units()
            .unwrap_or(MOST_DECIMALS)
            .min(MOST_DECIMALS);
        // A validated amount has 14 digits at most, far from the limit of a decimal.
        let written = |amount: Decimal| amount.rescaled(decimals).unwrap_or(amount);
        let base_price = written(set.base_price);
        let current_price = set.sale_price.map_or(base_price, written);
        let discount_amount = base_price.checked_sub(current_price).unwrap_or(Decimal::ZERO);
        let discount_percentage = discount_amount
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|hundredfold| hundredfold.checked_div(base_price, 2))
            .unwrap_or(Decimal::ZERO);
        Self {
            variant_id,
            base_price,
            sale_price: set.sale_price.map(written),
            msrp: set.msrp.map(written),
            current_price,
            discount_amount,
            discount_percentage,
            price_type: set.price_type.clone(),
            currency: set.currency,
            effective_date,
            metadata: set.metadata.clone(),
        }
    }
}

/// A price to be set; it replaces the one before as a whole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SetPrice {
    /// Above 0, with the currency's minor units and at most two decimals.
    pub(crate) base_price: Decimal,
    /// At most the base price.
    pub(crate) sale_price: Option<Decimal>,
    /// At least the base price.
    pub(crate) msrp: Option<Decimal>,
    /// A currency of ISO 4217 with two decimals at most.
    pub(crate) currency: CurrencyCode,
    pub(crate) price_type: PriceType,
    /// In force at once when absent or past; scheduled when in the future.
    pub(crate) effective_from: Option<Timestamp>,
    /// In force without end when absent.
    pub(crate) effective_until: Option<Timestamp>,
    /// At most 500 characters.
    pub(crate) change_reason: Option<String>,
    pub(crate) metadata: Metadata,
}

impl SetPrice {
    /// A regular price, in force at once and without end.
    pub(crate) fn regular(base_price: Decimal, currency: CurrencyCode) -> Self {
        Self {
            base_price,
            sale_price: None,
            msrp: None,
            currency,
            price_type: PriceType::Regular,
            effective_from: None,
            effective_until: None,
            change_reason: None,
            metadata: Metadata::new(),
        }
    }

    /// What can be told from the input and the time.
    pub(crate) fn validate(&self, now: Timestamp) -> Result<(), Invalid> {
        let mut check = Check::new();
        let decimals = match self.currency.minor_units() {
            Some(units) if units <= MOST_DECIMALS => units,
            Some(units) => {
                let message = format!("{} has {units} decimals; at most 2 are supported", self.currency);
                check.refuse("currency", message);
                MOST_DECIMALS
            }
            None => {
                check.refuse(
                    "currency",
                    format!("{} is not a currency of ISO 4217", self.currency),
                );
                MOST_DECIMALS
            }
        };
        check_amount(&mut check, "basePrice", self.base_price, decimals);
        if let Some(sale) = self.sale_price {
            check_amount(&mut check, "salePrice", sale, decimals);
            check.that(
                sale <= self.base_price,
                "salePrice",
                "must not be above basePrice",
            );
        }
        if let Some(msrp) = self.msrp {
            check_amount(&mut check, "msrp", msrp, decimals);
            check.that(msrp >= self.base_price, "msrp", "must not be below basePrice");
        }
        let known = "must be one of REGULAR, SALE, CLEARANCE, PROMOTIONAL";
        check.that(self.price_type.is_known(), "priceType", known);
        if let Some(until) = self.effective_until {
            check.that(until > now, "effectiveUntil", "must be in the future");
            let follows = self.effective_from.is_none_or(|from| from < until);
            check.that(follows, "effectiveUntil", "must be after effectiveFrom");
        }
        check.text(
            "changeReason",
            self.change_reason.as_deref().unwrap_or_default(),
            0..=500,
        );
        check_metadata(&mut check, &self.metadata);
        check.finish()
    }

    /// The first price of a variant is in force at once and has no end: there is none before it to fall back to.
    pub(crate) fn validate_as_first(&self, now: Timestamp) -> Result<(), Invalid> {
        let mut check = Check::new();
        let at_once = self.effective_from.is_none_or(|from| from <= now);
        check.that(
            at_once,
            "effectiveFrom",
            "must not be in the future for a first price",
        );
        let endless = self.effective_until.is_none();
        check.that(endless, "effectiveUntil", "must be absent for a first price");
        check.finish()
    }
}

fn check_amount(check: &mut Check, field: &str, amount: Decimal, decimals: u32) {
    check.that(amount.is_positive(), field, "must be above 0");
    check.that(
        amount < Decimal::from(TOO_LARGE),
        field,
        "must be below 1000000000000",
    );
    if amount.scale() > decimals {
        check.refuse(field, format!("must have at most {decimals} decimals"));
    }
}
