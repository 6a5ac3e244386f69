//! One event, many names: what the platform's documents call it, and what it is called here.

mod dotted;
mod table;

use crate::Event;
use crate::catalogue::EventType;
use std::borrow::Cow;

/// The canonical name of an event type: without the suffixes `Event`, `.v1`, `V1` and `EventV1`, and with
/// aliases and dotted names replaced.
///
/// A name that this version does not know comes back without its suffixes.
///
/// ```
/// use event_contracts::canonical_type;
///
/// assert_eq!(canonical_type("ProductCreated"), "ProductCreated");
/// assert_eq!(canonical_type("ProductCreatedEvent.v1"), "ProductCreated");
/// assert_eq!(canonical_type("PriceUpdatedV2"), "ProductPriceChanged");
/// assert_eq!(canonical_type("product.price_changed"), "ProductPriceChanged");
/// assert_eq!(canonical_type("OrderShippedEvent"), "OrderShipped");
/// ```
#[must_use]
pub fn canonical_type(name: &str) -> &str {
    find(name).map_or_else(|| without_suffixes(name), |event| event.name)
}

/// The event that is known by this name, with or without suffixes.
#[inline]
pub(crate) fn find(written: &str) -> Option<&'static EventType> {
    // Most messages bear the canonical name.
    table::find(written).or_else(|| {
        let bare = without_suffixes(written);
        table::find(bare).or_else(|| dotted::find(bare))
    })
}

/// Whether `written`, by which the catalogue knows `known`, names the event `E`, which need not be in the catalogue.
pub(crate) fn is<E: Event>(known: Option<&EventType>, written: &str) -> bool {
    match known {
        Some(event) => event.name == E::TYPE,
        None => {
            let bare = without_suffixes(written);
            std::iter::once(&E::TYPE)
                .chain(E::ALIASES)
                .any(|name| bare == *name || dotted::means(bare, name, E::EXCHANGE))
        }
    }
}

/// Takes `.vN`, `VN` and then `Event` off the end, but never the whole name.
pub(crate) fn without_suffixes(name: &str) -> &str {
    let bare = split_major(name).map_or(name, |(bare, _)| bare);
    bare.strip_suffix("Event")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(bare)
}

/// The major version in a name's suffix: 1 in `OrderCreatedEvent.v1` and `OrderCreatedV1`. One that is too large to be
/// a version is the largest that is: a name that tells a version must not count as one that tells none.
pub(crate) fn major_of(name: &str) -> Option<u16> {
    split_major(name).map(|(_, digits)| digits.parse().unwrap_or(u16::MAX))
}

/// Splits `.vN` or `VN` off the end of a name, which must not be all of it.
fn split_major(name: &str) -> Option<(&str, &str)> {
    let digitless = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name.get(digitless.len()..).filter(|number| !number.is_empty())?;
    [".v", ".V", "V"]
        .into_iter()
        .find_map(|marker| digitless.strip_suffix(marker).filter(|rest| !rest.is_empty()))
        .map(|bare| (bare, number))
}

/// The name of a service as it is written here: `ProductService` is `product-service`.
pub(crate) fn canonical_source(written: Cow<'_, str>) -> Cow<'_, str> {
    let is_class_name =
        written.ends_with("Service") && written.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_class_name {
        return written;
    }
    let mut name = String::with_capacity(written.len() + 2);
    for c in written.chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(c.to_ascii_lowercase());
    }
    Cow::Owned(name)
}
