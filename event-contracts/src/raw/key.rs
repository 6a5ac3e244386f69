//! The key of a payload that is not decoded.

use crate::Limits;
use crate::json::Scanner;
use std::borrow::Cow;

/// The text of the payload's member `name`, or of the first that stands in for it. A payload that is no object, or
/// has none of them, has no key.
pub(super) fn find<'a>(payload: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let rank = |member: &str| {
        if member == name {
            Some(0)
        } else {
            stand_ins(name)
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
    found.map(|(_, key)| key).filter(|key| !key.is_empty())
}

/// What other documents call the key; the events' own `key()` agrees.
fn stand_ins(name: &str) -> &'static [&'static str] {
    match name {
        "variantId" => &["productVariantId", "sku", "inventoryItemId", "productId"],
        "productId" => &["id"],
        _ => &[],
    }
}
