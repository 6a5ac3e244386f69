//! SKUs for variants that have none.

use std::collections::HashSet;

use crate::import::draft::{ProductDraft, VariantDraft};
use crate::import::ids;
use crate::import::limits;
use crate::import::note::{Note, NoteKind};

/// Gives each variant without a SKU one that is derived from the handle and its options, such as
/// `alpine-glove.medium.true-black`: the same in each import of the same product, whatever else the file holds.
///
/// Where that is too long or already another variant's SKU in the file (`8 1/2` and `8-1/2` read the same), a hash of
/// the exact texts is put behind it.
pub(super) fn derive_missing(products: &mut [ProductDraft]) {
    let mut taken: HashSet<String> = variants(products)
        .map(|variant| variant.sku.clone())
        .filter(|sku| !sku.is_empty())
        .collect();
    for product in products {
        let handle = product.handle.clone();
        for variant in product
            .variants
            .iter_mut()
            .filter(|variant| variant.sku.is_empty())
        {
            let mut parts = vec![handle.as_str()];
            parts.extend(variant.attributes.iter().map(|(_, value)| value.as_str()));
            let sku = unused(&parts, &taken);
            taken.insert(sku.clone());
            variant.notes.push(Note {
                place: variant.place,
                what: sku.clone(),
                kind: NoteKind::SkuDerived,
            });
            variant.sku = sku;
        }
    }
}

fn variants(products: &[ProductDraft]) -> impl Iterator<Item = &VariantDraft> {
    products.iter().flat_map(|product| &product.variants)
}

fn unused(parts: &[&str], taken: &HashSet<String>) -> String {
    let slugs: Vec<String> = parts
        .iter()
        .map(|part| slug(part))
        .filter(|slug| !slug.is_empty())
        .collect();
    let sku = slugs.join(".");
    if !sku.is_empty() && sku.chars().count() <= limits::SKU && !taken.contains(&sku) {
        return sku;
    }
    let hash = ids::short_hash(parts);
    let room = limits::SKU - hash.len() - 1;
    let start: String = sku.chars().take(room).collect();
    if start.is_empty() {
        hash
    } else {
        format!("{start}-{hash}")
    }
}

/// Lower-case letters and digits of any script, with one hyphen for each run of anything else.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
