//! Ids derived from what the source calls a thing, so that importing it again finds it.

use product_types::{CategoryId, ProductId, VariantId};
use uuid::Uuid;

/// The namespace of all ids derived here. Changing it makes every catalogue imported before unrecognisable.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f5a_0c0e_4b5d_5c8e_9d0b_3f3b_7c1a_52d4);

/// A product, by its vendor and handle: handles are unique within a shop, and two shops differ in their vendors.
pub(crate) fn product(vendor: &str, handle: &str) -> ProductId {
    ProductId::from_uuid_bytes(derived("product", &[vendor, handle]))
}

/// A variant, by its product and the values of its options.
pub(crate) fn variant(product: &ProductId, options: &[&str]) -> VariantId {
    let mut parts = vec![product.as_str()];
    parts.extend(options);
    VariantId::from_uuid_bytes(derived("variant", &parts))
}

/// A category that the source has an id for.
pub(crate) fn category(source_id: &str) -> CategoryId {
    CategoryId::from_uuid_bytes(derived("category", &[source_id]))
}

/// A category that the source knows only by the names from the root down.
pub(crate) fn category_path<S: AsRef<str>>(names: &[S]) -> CategoryId {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    CategoryId::from_uuid_bytes(derived("category path", &names))
}

/// Eight hexadecimal digits that tell texts apart which look the same once they are made a SKU.
pub(crate) fn short_hash(parts: &[&str]) -> String {
    derived("sku", parts)
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// UUID version 5 over the parts, each led by its length, so that no two lists of parts read the same.
fn derived(kind: &str, parts: &[&str]) -> [u8; 16] {
    let mut name = String::from(kind);
    for part in parts {
        name.push_str(&format!("\0{}:{part}", part.len()));
    }
    *Uuid::new_v5(&NAMESPACE, name.as_bytes()).as_bytes()
}
