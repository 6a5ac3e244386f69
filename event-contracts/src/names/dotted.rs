//! Names of the form `domain.event_name`: `product.price_changed` is `ProductPriceChanged`.

use super::table;
use crate::catalogue::EventType;

/// The event whose canonical or other name the parts spell: domain and event (`product.price_changed`), or the
/// event alone, which may have its domain in itself (`inventory.stock_level_changed`) or be no snake at all
/// (`com.example.ProductCreated`).
pub(super) fn find(name: &str) -> Option<&'static EventType> {
    let (before, event) = name.rsplit_once('.')?;
    let domain = before.rsplit('.').next().unwrap_or_default();
    Spelled::of([domain, event])
        .and_then(|spelled| table::find(spelled.as_str()))
        .or_else(|| Spelled::of([event]).and_then(|spelled| table::find(spelled.as_str())))
}

/// Whether the dotted `name` spells `canonical`.
pub(super) fn means(name: &str, canonical: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(before, event)| {
        let domain = before.rsplit('.').next().unwrap_or_default();
        Spelled::of([domain, event]).is_some_and(|spelled| spelled.as_str() == canonical)
            || Spelled::of([event]).is_some_and(|spelled| spelled.as_str() == canonical)
    })
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
