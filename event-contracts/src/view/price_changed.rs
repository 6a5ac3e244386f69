use super::{EventView, Id, Text};
use crate::price::{Foreign, NewPrice, OldPrice, ProductPriceChanged};
use crate::{Error, Payload};
use product_types::{Decimal, ProductId, Timestamp, VariantId};
use serde::Deserialize;

/// A [`ProductPriceChanged`] that borrows from the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
#[non_exhaustive]
pub struct ProductPriceChangedView<'a> {
    /// The variant; `productVariantId` is read too. Missing only when the message was of another form, which names
    /// it by [`variant_sku`](Self::variant_sku).
    #[serde(default, alias = "productVariantId")]
    pub variant_id: Option<Id<'a, VariantId>>,
    /// The variant's stock keeping unit, from a writer of another form.
    #[serde(default)]
    pub variant_sku: Option<Text<'a>>,
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
    /// Who set it; missing only when the message was of another form and does not say it.
    #[serde(default)]
    pub updated_by: Option<Text<'a>>,
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
            variant_id: self.variant_id.map(|id| id.to_id()),
            variant_sku: self.variant_sku.map(Text::into_owned),
            product_id: self.product_id.to_id(),
            old_price: self.old_price,
            new_price: self.new_price,
            updated_at: self.updated_at,
            updated_by: self.updated_by.map(Text::into_owned),
        })
    }

    fn read_payload(payload: Payload<'a>) -> Result<Self, Error> {
        let foreign: Foreign<Id<'a, ProductId>, Id<'a, VariantId>, Text<'a>> = payload.decode()?;
        Ok(Self {
            variant_id: foreign.variant_id,
            variant_sku: foreign.variant_sku,
            product_id: foreign.product_id,
            old_price: foreign.old_price,
            new_price: foreign.new_price,
            updated_at: foreign.updated_at.unwrap_or(payload.timestamp()),
            updated_by: foreign.updated_by,
        })
    }
}
