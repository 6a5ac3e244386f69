//! The key of a payload that is not decoded.

use crate::Limits;
use crate::catalogue::EventType;
use crate::json::Scanner;
use std::borrow::Cow;

/// The text of the payload's member that is the event's key, or of the first that stands in for it. A payload that
/// is no object, or has none of them, has no key.
pub(super) fn find<'a>(payload: &'a str, event: &EventType) -> Option<Cow<'a, str>> {
    let rank = |member: &str| {
        if member == event.key {
            Some(0)
        } else {
            stand_ins(event)
                .iter()
                .position(|other| *other == member)
                .map(|at| at + 1)
        }
    };
    let mut found: Option<(usize, Cow<'a, str>)> = None;
    let mut scanner = Scanner::new(payload, Limits::DEEPEST);
    let mut is_another = scanner.open_object().ok()?;
    while is_another {
        let (member, _) = scanner.key().ok()?;
        match rank(&member.text()).filter(|rank| found.as_ref().is_none_or(|(best, _)| rank < best)) {
            Some(rank) if scanner.peek().ok()? == b'"' => found = Some((rank, scanner.string().ok()?.text())),
            _ => scanner.skip_value(0).ok()?,
        }
        is_another = scanner.has_another_member().ok()?;
    }
    found.map(|(_, key)| key).filter(|key| is_key(key))
}

/// Whether a text of the payload can be the envelope's key: readers refuse an envelope with a NUL character in it.
pub(crate) fn is_key(text: &str) -> bool {
    !text.is_empty() && !text.contains('\0')
}

/// What other documents call the key; the events' own `key()` agrees.
fn stand_ins(event: &EventType) -> &'static [&'static str] {
    match (event.key, event.aggregate) {
        ("variantId", _) => &["productVariantId", "sku", "inventoryItemId", "productId"],
        ("productId", "product" | "variant" | "price") => &["id"],
        _ => &[],
    }
}
