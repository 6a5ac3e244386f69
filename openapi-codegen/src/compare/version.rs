//! Whether a version says that it breaks with the one before.

use crate::document::Document;

/// A higher major version, or a higher minor one below 1.0.0.
pub(super) fn is_raised(before: &Document, after: &Document) -> bool {
    match (version(before), version(after)) {
        (Some((0, before)), Some((0, after))) => after > before,
        (Some((before, _)), Some((after, _))) => after > before,
        _ => false,
    }
}

fn version(document: &Document) -> Option<(u64, u64)> {
    let text = document.root().get("info")?.get("version")?.as_text()?;
    let mut numbers = text.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}
