//! One event, many names: what the platform's documents call it, and what it is called here.

use crate::catalogue;

/// The canonical name of an event type: without the suffixes `Event`, `.v1`, `V1` and `EventV1`, and with
/// aliases replaced.
///
/// A name that this version does not know comes back without its suffixes.
///
/// ```
/// use event_contracts::canonical_type;
///
/// assert_eq!(canonical_type("ProductCreated"), "ProductCreated");
/// assert_eq!(canonical_type("ProductCreatedEvent.v1"), "ProductCreated");
/// assert_eq!(canonical_type("PriceUpdatedV2"), "ProductPriceChanged");
/// assert_eq!(canonical_type("OrderShippedEvent"), "OrderShipped");
/// ```
#[must_use]
pub fn canonical_type(name: &str) -> &str {
    let bare = without_suffixes(name);
    catalogue::canonical(bare).unwrap_or(bare)
}

/// Takes `.vN`, `VN` and then `Event` off the end, but never the whole name.
pub(crate) fn without_suffixes(name: &str) -> &str {
    let mut bare = name;
    let digitless = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if digitless.len() < name.len() {
        for marker in [".v", ".V", "V"] {
            if let Some(rest) = digitless.strip_suffix(marker).filter(|rest| !rest.is_empty()) {
                bare = rest;
                break;
            }
        }
    }
    bare.strip_suffix("Event")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(bare)
}
