use crate::price::foreign;
use crate::{Error, Event, Payload, Version};
use product_types::{CurrencyCode, Decimal, ProductId, Timestamp, VariantId};
use serde::{Deserialize, Serialize};

/// Somebody set a variant's price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductPriceChanged {
    /// The variant; `productVariantId` is read too. Missing only when the message was of another form, which names
    /// it by [`variant_sku`](Self::variant_sku).
    #[serde(default, alias = "productVariantId", skip_serializing_if = "Option::is_none")]
    pub variant_id: Option<VariantId>,
    /// The variant's stock keeping unit, from a writer of another form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant_sku: Option<String>,
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: ProductId,
    /// The price before; missing when the variant had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_price: Option<OldPrice>,
    /// The price that was set.
    pub new_price: NewPrice,
    /// When it was set.
    pub updated_at: Timestamp,
    /// Who set it; missing only when the message was of another form and does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_by: Option<String>,
}

/// The price before a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OldPrice {
    /// Before any sale or discount; `amount` is read too.
    #[serde(alias = "amount")]
    pub base_amount: Decimal,
    /// In a sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_amount: Option<Decimal>,
    /// The currency of all amounts.
    pub currency: CurrencyCode,
}

/// The price that was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewPrice {
    /// Before any sale or discount; `amount` is read too.
    #[serde(alias = "amount")]
    pub base_amount: Decimal,
    /// In a sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_amount: Option<Decimal>,
    /// The currency of all amounts.
    pub currency: CurrencyCode,
    /// From when on it holds; at once when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<Timestamp>,
    /// Until when it holds; without end when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_until: Option<Timestamp>,
    /// What a buyer pays right after the change, discounts included; in [`currency`](Self::currency), and missing
    /// while a price in another currency is still in force. Added after 1.0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_amount: Option<Decimal>,
}

impl ProductPriceChanged {
    /// States that a price was set.
    #[must_use]
    pub fn new(
        product_id: ProductId,
        variant_id: VariantId,
        new_price: NewPrice,
        updated_at: Timestamp,
        updated_by: impl Into<String>,
    ) -> Self {
        Self {
            variant_id: Some(variant_id),
            variant_sku: None,
            product_id,
            old_price: None,
            new_price,
            updated_at,
            updated_by: Some(updated_by.into()),
        }
    }

    /// Whether the price waits for its moment: until then a buyer pays what was paid before, and
    /// [`ProductPriceEffective`](super::ProductPriceEffective) will say when that ends.
    #[must_use]
    pub fn is_scheduled(&self) -> bool {
        self.new_price.is_scheduled_at(self.updated_at)
    }

    /// What a buyer pays right after the change.
    ///
    /// A writer of version 1.0 does not state it: then it is the sale amount or else the base amount, and unknown
    /// while the price is scheduled for later.
    #[must_use]
    pub fn current_amount(&self) -> Option<Decimal> {
        self.new_price.current_amount_at(self.updated_at)
    }
}

impl OldPrice {
    /// A price without a sale.
    #[must_use]
    pub fn new(base_amount: Decimal, currency: CurrencyCode) -> Self {
        Self {
            base_amount,
            sale_amount: None,
            currency,
        }
    }
}

impl NewPrice {
    /// A price that holds at once and without end, without a sale.
    #[must_use]
    pub fn new(base_amount: Decimal, currency: CurrencyCode) -> Self {
        Self {
            base_amount,
            sale_amount: None,
            currency,
            effective_from: None,
            effective_until: None,
            current_amount: None,
        }
    }

    /// Whether a price that is set at `instant` waits for its moment.
    pub(crate) fn is_scheduled_at(&self, instant: Timestamp) -> bool {
        self.effective_from.is_some_and(|from| from > instant)
    }

    /// What a buyer pays after this price was set at `instant`, as far as can be told.
    pub(crate) fn current_amount_at(&self, instant: Timestamp) -> Option<Decimal> {
        let at_once = || self.sale_amount.unwrap_or(self.base_amount);
        self.current_amount
            .or_else(|| (!self.is_scheduled_at(instant)).then(at_once))
    }
}

impl Event for ProductPriceChanged {
    const TYPE: &'static str = "ProductPriceChanged";
    const ALIASES: &'static [&'static str] = &["ProductPriceUpdated", "PriceUpdated"];
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "price";
    const ROUTING_KEY: &'static str = "product.price.changed.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }

    fn read_payload(payload: Payload<'_>) -> Result<Self, Error> {
        foreign::read(payload)
    }
}
