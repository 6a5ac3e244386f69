use crate::price::{NewPrice, OldPrice, ProductPriceChanged};
use crate::{Error, Payload};
use product_types::{ProductId, Timestamp, VariantId};
use serde::Deserialize;

/// A price change as messages of other names state it: `product.price_changed` of the quality standard names the
/// variant by its sku and says neither who nor when. `Product`, `Variant` and `Text` are owned or borrowed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Foreign<Product, Variant, Text> {
    #[serde(alias = "id")]
    pub(crate) product_id: Product,
    #[serde(alias = "productVariantId")]
    pub(crate) variant_id: Option<Variant>,
    pub(crate) variant_sku: Option<Text>,
    pub(crate) old_price: Option<OldPrice>,
    pub(crate) new_price: NewPrice,
    pub(crate) updated_at: Option<Timestamp>,
    pub(crate) updated_by: Option<Text>,
}

/// Reads it; what happened at no stated instant happened when the envelope says.
pub(super) fn read(payload: Payload<'_>) -> Result<ProductPriceChanged, Error> {
    let foreign: Foreign<ProductId, VariantId, String> = payload.decode()?;
    Ok(ProductPriceChanged {
        variant_id: foreign.variant_id,
        variant_sku: foreign.variant_sku,
        product_id: foreign.product_id,
        old_price: foreign.old_price,
        new_price: foreign.new_price,
        updated_at: foreign.updated_at.unwrap_or(payload.timestamp()),
        updated_by: foreign.updated_by,
    })
}
