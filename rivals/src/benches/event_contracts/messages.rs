//! The messages that are read and written.

use event_contracts::product::{CategoryName, ProductCreated};
use event_contracts::variant::{Attribute, Image, VariantState};
use event_contracts::{Envelope, MessageId};
use product_types::{
    CategoryId, CurrencyCode, Decimal, InventorySetup, Money, ProductId, ProductStatus, Timestamp, VariantId,
};
use serde_json::{Value, json};

/// How many variants make an event of about 1.4 kB.
const FEW: u8 = 2;
/// How many make one of about 10 kB.
const MANY: u8 = 30;

pub(in crate::benches) fn envelope_1k4() -> Envelope<ProductCreated> {
    envelope(FEW)
}

/// About 1.4 kB, as JSON without blanks.
pub(super) fn canonical_1k4() -> Vec<u8> {
    written(&envelope(FEW))
}

/// About 10 kB.
pub(super) fn canonical_10k() -> Vec<u8> {
    written(&envelope(MANY))
}

/// The event of 1.4 kB as a structured CloudEvent.
pub(super) fn cloudevent_1k4() -> Vec<u8> {
    let canonical: Value = serde_json::from_slice(&canonical_1k4()).expect("what was written is JSON");
    let cloudevent = json!({
        "specversion": "1.0",
        "id": canonical["messageId"],
        "source": canonical["source"],
        "type": canonical["messageType"],
        "time": canonical["timestamp"],
        "datacontenttype": "application/json",
        "correlationid": canonical["correlationId"],
        "partitionkey": canonical["partitionKey"],
        "data": canonical["payload"],
    });
    cloudevent.to_string().into_bytes()
}

/// How many lists a message has that are not empty.
pub(super) fn lists(body: &[u8]) -> usize {
    fn of(value: &Value) -> usize {
        match value {
            Value::Array(items) if items.is_empty() => 0,
            Value::Array(items) => 1 + items.iter().map(of).sum::<usize>(),
            Value::Object(members) => members.values().map(of).sum(),
            _ => 0,
        }
    }
    of(&serde_json::from_slice(body).expect("what was written is JSON"))
}

fn written(envelope: &Envelope<ProductCreated>) -> Vec<u8> {
    envelope.to_json().expect("our events can be written")
}

fn envelope(variants: u8) -> Envelope<ProductCreated> {
    let at = Timestamp::from_unix(1_790_000_000, 250_000_000).expect("a year of four digits");
    let id = MessageId::new("0192a3b4-c5d6-7e8f-9a0b-1c2d3e4f5a6b").expect("it is not empty");
    Envelope::new_with_id(id, created(at, variants), "product-service", "order-4711", at).with_sequence(1)
}

fn created(at: Timestamp, variants: u8) -> ProductCreated {
    let product = ProductId::from_uuid_bytes([0x2a; 16]);
    let variants = (0..variants).map(variant).collect();
    let mut event =
        ProductCreated::new(product, "Storm jacket", "Nordwind", at, "user-17").with_variants(variants);
    event.description = "<p>Keeps the rain out.</p>".to_owned();
    event.tags = vec!["outdoor".to_owned(), "rain".to_owned()];
    event.country_of_origin = Some("PT".to_owned());
    event.categories = vec![CategoryName {
        category_id: CategoryId::from_uuid_bytes([0x2b; 16]),
        name: "Rain jackets".to_owned(),
    }];
    event.images = vec![image(0)];
    event.metadata.insert("season".to_owned(), "autumn".into());
    event
}

fn variant(number: u8) -> VariantState {
    let id = VariantId::from_uuid_bytes([number; 16]);
    let mut variant = VariantState::new(id, format!("JKT-{number}-MOSS"), "Moss");
    variant.attributes = vec![attribute("size", "M"), attribute("colour", "Moss")];
    variant.list_price = Some(price(8990));
    variant.current_price = Some(price(7990));
    variant.status = Some(ProductStatus::Active);
    variant.inventory_setup = Some(InventorySetup::Pending);
    variant
}

fn attribute(name: &str, value: &str) -> Attribute {
    Attribute {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

fn price(cents: i128) -> Money {
    Money::new(
        Decimal::new(cents, 2).expect("a price has few digits"),
        CurrencyCode::EUR,
    )
}

fn image(position: u32) -> Image {
    Image {
        url: format!("https://img.example/jacket-{position}.jpg"),
        alt: None,
        position,
    }
}

#[cfg(test)]
mod tests {
    use super::{canonical_1k4, canonical_10k};

    #[test]
    fn the_messages_are_as_long_as_their_names_say() {
        let (short, long) = (canonical_1k4().len(), canonical_10k().len());
        assert!((1_300..=1_500).contains(&short), "{short}");
        assert!((9_500..=10_500).contains(&long), "{long}");
    }
}
