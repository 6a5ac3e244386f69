use super::{EventView, Id};
use crate::Error;
use crate::price::{PriceCause, ProductPriceEffective};
use product_types::{CurrencyCode, Decimal, ProductId, Timestamp, VariantId};
use serde::Deserialize;

/// A [`ProductPriceEffective`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
#[non_exhaustive]
pub struct ProductPriceEffectiveView<'a> {
    /// The product.
    pub product_id: Id<'a, ProductId>,
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: Id<'a, VariantId>,
    /// Before any sale or discount.
    pub base_amount: Decimal,
    /// In a sale.
    #[serde(default)]
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

impl<'a> EventView<'a> for ProductPriceEffectiveView<'a> {
    type Event = ProductPriceEffective;

    fn key(&self) -> &str {
        self.product_id.as_str()
    }

    fn into_event(self) -> Result<ProductPriceEffective, Error> {
        Ok(ProductPriceEffective {
            product_id: self.product_id.to_id(),
            variant_id: self.variant_id.to_id(),
            base_amount: self.base_amount,
            sale_amount: self.sale_amount,
            current_amount: self.current_amount,
            currency: self.currency,
            effective_from: self.effective_from,
            cause: self.cause,
        })
    }
}
