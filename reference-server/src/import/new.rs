//! Drafts as what the catalogue takes.

use product_types::CategoryId;
use serde_json::Value;

use super::draft::{ImageDraft, PriceDraft, ProductDraft, VariantDraft};
use crate::domain::{Attribute, Html, Image, Metadata, NewProduct, NewVariant, SetPrice};

/// The change reason of prices that come from a file.
const CHANGE_REASON: &str = "import";

/// The product in its category. What the API has no field for, the handle and the barcodes, goes to the metadata.
pub(super) fn product(draft: &ProductDraft, category: CategoryId) -> NewProduct {
    let mut metadata = Metadata::new();
    metadata.insert("handle".to_owned(), Value::from(draft.handle.as_str()));
    let barcodes: Metadata = draft
        .variants
        .iter()
        .filter_map(|variant| Some((variant.sku.clone(), Value::from(variant.barcode.as_deref()?))))
        .collect();
    if !barcodes.is_empty() {
        metadata.insert("barcodes".to_owned(), Value::Object(barcodes));
    }
    let mut product = NewProduct::draft(&draft.name, &draft.brand, vec![category]);
    product.id = Some(draft.id.clone());
    product.description = Html::sanitised(&draft.description);
    product.tags = draft.tags.clone();
    product.status = draft.status.clone();
    product.images = images(&draft.images);
    product.metadata = metadata;
    product.variants = draft.variants.iter().map(variant).collect();
    product
}

fn variant(draft: &VariantDraft) -> NewVariant {
    let attribute = |(name, value): &(String, String)| Attribute {
        name: name.clone(),
        value: value.clone(),
    };
    let mut variant = NewVariant::active(&draft.sku, &draft.name);
    variant.id = Some(draft.id.clone());
    variant.attributes = draft.attributes.iter().map(attribute).collect();
    variant.images = images(&draft.images);
    variant.price = Some(price(&draft.price));
    variant
}

fn price(draft: &PriceDraft) -> SetPrice {
    let mut price = SetPrice::regular(draft.base, draft.currency);
    price.sale_price = draft.sale;
    price.price_type = draft.price_type.clone();
    price.change_reason = Some(CHANGE_REASON.to_owned());
    price
}

fn images(drafts: &[ImageDraft]) -> Vec<Image> {
    (0..)
        .zip(drafts)
        .map(|(position, draft)| Image {
            url: draft.url.clone(),
            alt: draft.alt.clone(),
            position,
        })
        .collect()
}
