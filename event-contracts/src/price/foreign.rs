use crate::Error;
use crate::Payload;
use crate::price::{NewPrice, OldPrice, ProductPriceChanged};
use product_types::{ProductId, Timestamp, VariantId};
use serde::Deserialize;

/// A price change as messages of other names state it: `product.price_changed` of the quality standard names the
/// variant by its sku and says neither who nor when.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Foreign {
    #[serde(alias = "id")]
    product_id: ProductId,
    #[serde(default, alias = "productVariantId")]
    variant_id: Option<VariantId>,
    #[serde(default)]
    variant_sku: Option<String>,
    #[serde(default)]
    old_price: Option<OldPrice>,
    new_price: NewPrice,
    #[serde(default)]
    updated_at: Option<Timestamp>,
    #[serde(default)]
    updated_by: Option<String>,
}

/// Reads it; what happened at no stated instant happened when the envelope says.
pub(super) fn read(payload: Payload<'_>) -> Result<ProductPriceChanged, Error> {
    let foreign: Foreign = payload.decode()?;
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
