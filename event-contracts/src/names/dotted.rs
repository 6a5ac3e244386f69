//! Names of the form `domain.event_name`: `product.price_changed` is `ProductPriceChanged`.

use super::table;
use crate::catalogue::EventType;

/// The event whose canonical or other name the parts spell: domain and event (`product.price_changed`), or the
/// event alone where that cannot be somebody else's ([`stands_alone`]).
pub(super) fn find(name: &str) -> Option<&'static EventType> {
    let (domain, event) = split(name)?;
    Spelled::of([domain, event])
        .and_then(|spelled| table::find(spelled.as_str()))
        .or_else(|| {
            Spelled::of([event])
                .and_then(|spelled| table::find(spelled.as_str()))
                .filter(|found| stands_alone(domain, event, found.exchange))
        })
}

/// Whether the dotted `name` spells `canonical`, an event of `exchange`.
pub(super) fn means(name: &str, canonical: &str, exchange: &str) -> bool {
    split(name).is_some_and(|(domain, event)| {
        Spelled::of([domain, event]).is_some_and(|spelled| spelled.as_str() == canonical)
            || Spelled::of([event]).is_some_and(|spelled| spelled.as_str() == canonical)
                && stands_alone(domain, event, exchange)
    })
}

/// The last two parts.
fn split(name: &str) -> Option<(&str, &str)> {
    let (before, event) = name.rsplit_once('.')?;
    Some((before.rsplit('.').next().unwrap_or_default(), event))
}

/// Whether the event's part says it all: its domain is that of its exchange (`inventory.stock_level_changed`), or it
/// is the canonical name behind a prefix (`com.example.ProductCreated`). What `search.product_deleted` means is
/// unknown.
fn stands_alone(domain: &str, event: &str, exchange: &str) -> bool {
    let is_own = exchange
        .strip_prefix(domain)
        .is_some_and(|rest| !domain.is_empty() && rest.starts_with('.'));
    is_own || event.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A name in `PascalCase`, on the stack: no event's name is longer.
struct Spelled {
    bytes: [u8; 64],
    length: usize,
}

impl Spelled {
    /// Joins the words of snake-case parts. `None` for what cannot be a name.
    fn of<const N: usize>(parts: [&str; N]) -> Option<Self> {
        let mut spelled = Self {
            bytes: [0; 64],
            length: 0,
        };
        for word in parts.iter().flat_map(|part| part.split(['_', '-'])) {
            let start = spelled.length;
            spelled.length += word.len();
            let place = spelled.bytes.get_mut(start..spelled.length)?;
            place.copy_from_slice(word.as_bytes());
            if let Some(first) = place.first_mut() {
                first.make_ascii_uppercase();
            }
        }
        Some(spelled)
    }

    fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        str::from_utf8(bytes).unwrap_or_default()
    }
}
