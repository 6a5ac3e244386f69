//! What the merge patches of products and variants have in common.

use super::{Invalid, Metadata, Refusal};
use product_types::ProductStatus;

pub(super) fn set<T>(field: &mut T, patch: Option<T>) {
    if let Some(value) = patch {
        *field = value;
    }
}

/// RFC 7396 one level deep and below: `null` removes a key, an object is merged, anything else is set.
pub(super) fn merge_metadata(target: &mut Metadata, patch: Option<Metadata>) {
    for (key, value) in patch.unwrap_or_default() {
        match value {
            serde_json::Value::Null => {
                target.remove(&key);
            }
            serde_json::Value::Object(inner) => {
                let entry = target
                    .entry(key)
                    .or_insert_with(|| serde_json::Value::Object(Metadata::new()));
                if !entry.is_object() {
                    *entry = serde_json::Value::Object(Metadata::new());
                }
                if let serde_json::Value::Object(current) = entry {
                    merge_metadata(current, Some(inner));
                }
            }
            plain => {
                target.insert(key, plain);
            }
        }
    }
}

/// The next status, if the step is allowed.
pub(super) fn transition(from: &ProductStatus, to: ProductStatus) -> Result<ProductStatus, Refusal> {
    if !to.is_known() {
        return Err(Invalid::one("status", "must be one of DRAFT, ACTIVE, INACTIVE, DISCONTINUED").into());
    }
    if !from.allows(&to) {
        return Err(Refusal::conflict(
            format!("The status cannot go from {from} to {to}."),
            "status",
            format!("cannot go from {from} to {to}"),
        ));
    }
    Ok(to)
}
