//! Events as the Product Service would write them.

use event_contracts::price::{NewPrice, ProductPriceChanged};
use event_contracts::product::{ProductCreated, ProductDeleted, ProductStatusChanged};
use event_contracts::variant::VariantState;
use event_contracts::{Envelope, Event, ProductEvent};
use product_types::{CurrencyCode, Money, ProductId, ProductStatus, Timestamp, VariantId};

pub(crate) fn product() -> ProductId {
    ProductId::new("p1").unwrap()
}

pub(crate) fn variant() -> VariantId {
    VariantId::new("v1").unwrap()
}

fn at() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

/// The event as it comes from the wire, with this sequence; the message id is new each time.
fn message<E: Event>(event: E, sequence: u64) -> ProductEvent {
    let envelope = Envelope::new(event, "product-service", "test", at()).with_sequence(sequence);
    ProductEvent::decode(&envelope.to_json().unwrap()).unwrap()
}

pub(crate) fn created(sequence: u64) -> ProductEvent {
    let mut state = VariantState::new(variant(), "SKU-1", "Blue / L");
    state.list_price = Some(Money::new("10.00".parse().unwrap(), CurrencyCode::USD));
    let mut event = ProductCreated::new(product(), "Trail Jacket", "Northwind", at(), "test");
    event.status = ProductStatus::Active;
    message(event.with_variants(vec![state]), sequence)
}

pub(crate) fn priced(sequence: u64, amount: &str) -> ProductEvent {
    let price = NewPrice::new(amount.parse().unwrap(), CurrencyCode::USD);
    message(
        ProductPriceChanged::new(product(), variant(), price, at(), "test"),
        sequence,
    )
}

/// A price from a writer that knows the variant by its sku only.
pub(crate) fn priced_by_sku(sequence: u64, amount: &str) -> ProductEvent {
    let price = NewPrice::new(amount.parse().unwrap(), CurrencyCode::USD);
    let mut event = ProductPriceChanged::new(product(), variant(), price, at(), "test");
    (event.variant_id, event.variant_sku) = (None, Some("SKU-1".to_owned()));
    message(event, sequence)
}

/// A price for later; `current` is what a buyer pays until then, if the writer says so.
pub(crate) fn scheduled(sequence: u64, amount: &str, current: Option<&str>) -> ProductEvent {
    let mut price = NewPrice::new(amount.parse().unwrap(), CurrencyCode::USD);
    price.current_amount = current.map(|amount| amount.parse().unwrap());
    price.effective_from = Timestamp::from_unix(1_000, 0);
    message(
        ProductPriceChanged::new(product(), variant(), price, at(), "test"),
        sequence,
    )
}

pub(crate) fn taken_off_sale(sequence: u64) -> ProductEvent {
    let event = ProductStatusChanged::new(
        product(),
        ProductStatus::Active,
        ProductStatus::Inactive,
        at(),
        "test",
    );
    message(event, sequence)
}

pub(crate) fn deleted(sequence: u64) -> ProductEvent {
    message(ProductDeleted::new(product(), at(), "test"), sequence)
}

/// An event of a type that this version does not know.
pub(crate) fn unknown(sequence: u64) -> ProductEvent {
    let known = String::from_utf8(taken_off_sale(sequence).to_json().unwrap()).unwrap();
    ProductEvent::decode(
        known
            .replace("ProductStatusChanged", "ProductPhotographed")
            .as_bytes(),
    )
    .unwrap()
}
