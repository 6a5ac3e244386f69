use crate::price::PriceCause;
use crate::{Event, Version};
use product_types::{CurrencyCode, Decimal, ProductId, Timestamp, VariantId};
use serde::{Deserialize, Serialize};

/// What a buyer pays for a variant changed without anybody setting a price: a schedule came due, or a discount
/// began, ended, was applied or was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductPriceEffective {
    /// The product.
    pub product_id: ProductId,
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: VariantId,
    /// Before any sale or discount.
    pub base_amount: Decimal,
    /// In a sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_amount: Option<Decimal>,
    /// What a buyer pays from now on.
    pub current_amount: Decimal,
    /// The currency of all amounts.
    pub currency: CurrencyCode,
    /// From when on.
    pub effective_from: Timestamp,
    /// What brought it about.
    pub cause: PriceCause,
}

impl ProductPriceEffective {
    /// States what a buyer pays from `effective_from` on: the base amount, until the other fields say otherwise.
    #[must_use]
    pub fn new(
        product_id: ProductId,
        variant_id: VariantId,
        base_amount: Decimal,
        currency: CurrencyCode,
        effective_from: Timestamp,
        cause: PriceCause,
    ) -> Self {
        Self {
            product_id,
            variant_id,
            base_amount,
            sale_amount: None,
            current_amount: base_amount,
            currency,
            effective_from,
            cause,
        }
    }
}

impl Event for ProductPriceEffective {
    const TYPE: &'static str = "ProductPriceEffective";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "price";
    const ROUTING_KEY: &'static str = "product.price.effective.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
