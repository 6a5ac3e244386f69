use super::{EventView, Id, Text};
use crate::Error;
use crate::price::{NewPrice, OldPrice, ProductPriceChanged};
use product_types::{Decimal, ProductId, Timestamp, VariantId};
use serde::Deserialize;

/// A [`ProductPriceChanged`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
#[non_exhaustive]
pub struct ProductPriceChangedView<'a> {
    /// The variant; `productVariantId` is read too.
    #[serde(alias = "productVariantId")]
    pub variant_id: Id<'a, VariantId>,
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: Id<'a, ProductId>,
    /// The price before; missing when the variant had none.
    #[serde(default)]
    pub old_price: Option<OldPrice>,
    /// The price that was set.
    pub new_price: NewPrice,
    /// When it was set.
    pub updated_at: Timestamp,
    /// Who set it.
    pub updated_by: Text<'a>,
}

impl ProductPriceChangedView<'_> {
    /// As [`ProductPriceChanged::is_scheduled`].
    #[must_use]
    pub fn is_scheduled(&self) -> bool {
        self.new_price.is_scheduled_at(self.updated_at)
    }

    /// As [`ProductPriceChanged::current_amount`].
    #[must_use]
    pub fn current_amount(&self) -> Option<Decimal> {
        self.new_price.current_amount_at(self.updated_at)
    }
}

impl<'a> EventView<'a> for ProductPriceChangedView<'a> {
    type Event = ProductPriceChanged;

    fn key(&self) -> &str {
        self.product_id.as_str()
    }

    fn into_event(self) -> Result<ProductPriceChanged, Error> {
        Ok(ProductPriceChanged {
            variant_id: self.variant_id.to_id(),
            product_id: self.product_id.to_id(),
            old_price: self.old_price,
            new_price: self.new_price,
            updated_at: self.updated_at,
            updated_by: self.updated_by.into_owned(),
        })
    }
}
