//! The key of an event about stock.

use product_types::{InventoryItemId, ProductId, VariantId};

/// The first of these that the event states.
///
/// No document names the key. A view of stock sums a variant over its warehouses, so what it needs in order is one
/// variant. The sku names the same variant to a writer that does not know its id; a stock record lies within one
/// variant, a product around several. An event that names nothing has no key, which is the empty text.
pub(super) fn stock<'a>(
    variant: &'a Option<VariantId>,
    sku: &'a Option<String>,
    item: &'a Option<InventoryItemId>,
    product: &'a Option<ProductId>,
) -> &'a str {
    let variant = variant.as_ref().map(VariantId::as_str);
    variant
        .or(sku.as_deref())
        .or(item.as_ref().map(InventoryItemId::as_str))
        .or(product.as_ref().map(ProductId::as_str))
        .unwrap_or_default()
}
