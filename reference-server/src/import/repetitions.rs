//! The refusal of what one file has twice and the catalogue may have only once.

use std::collections::HashMap;

use super::draft::{Batch, ProductDraft};
use super::report::{Place, Report};

/// Takes out of the batch, with a refusal each, the later ones of two products with the same name and brand, the later
/// ones of two variants with the same SKU, and the products that are left without a variant. Case tells names and SKUs
/// apart, as in the catalogue.
pub(super) fn refuse(batch: &mut Batch) {
    let mut names: HashMap<(String, String), Place> = HashMap::new();
    let mut skus: HashMap<String, Place> = HashMap::new();
    let Batch { products, report, .. } = batch;
    products.retain_mut(|product| {
        if product.variants.is_empty() {
            return left_out(
                report,
                product,
                None,
                "no variant with a price above 0 is left of it".to_owned(),
            );
        }
        let name = (product.brand.clone(), product.name.clone());
        if let Some(first) = names.get(&name) {
            let reason = format!("{first} has the same title and vendor; a name is unique within its brand");
            return left_out(report, product, Some("Title"), reason);
        }
        names.insert(name, product.place);
        product.variants.retain(|variant| match skus.get(&variant.sku) {
            Some(first) => {
                report.variants.refused += 1;
                let reason = format!("{first} has the same SKU; a SKU is unique");
                report.refuse(variant.place, &variant.sku, Some("Variant SKU"), reason);
                false
            }
            None => {
                skus.insert(variant.sku.clone(), variant.place);
                true
            }
        });
        if product.variants.is_empty() {
            return left_out(
                report,
                product,
                None,
                "no variant with a SKU of its own is left of it".to_owned(),
            );
        }
        true
    });
    report.refusals.sort_by_key(|refusal| refusal.place);
}

/// Refuses the product with all its variants; `false`, for `retain`.
fn left_out(
    report: &mut Report,
    product: &ProductDraft,
    field: Option<&'static str>,
    reason: String,
) -> bool {
    report.refuse_product(product, product.place, field, reason);
    false
}
