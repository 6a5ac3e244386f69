//! One message a type and version, never edited, only added: what was written once must be readable for ever.

use event_contracts::price::{PriceCause, ProductPriceChanged, ProductPriceEffective};
use event_contracts::product::{ProductCreated, ProductDeleted, ProductStatusChanged, ProductUpdated};
use event_contracts::variant::{ProductVariantAdded, ProductVariantRemoved, ProductVariantUpdated};
use event_contracts::{Envelope, Event, ProductEvent};
use product_types::{CurrencyCode, InventorySetup, Money, ProductStatus};
use serde_json::Value;
use std::path::Path;

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read(folder.join(format!("{name}.json"))).unwrap()
}

/// Reads the fixture, checks that writing it again says exactly the same, and gives the envelope.
fn golden<E: Event>() -> Envelope<E> {
    let bytes = fixture(&format!("{}.v{}", E::TYPE, E::VERSION.major));
    let envelope = Envelope::<E>::decode(&bytes).unwrap();
    let written: Value = serde_json::from_slice(&envelope.to_json().unwrap()).unwrap();
    let expected: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(written, expected);
    assert_eq!(
        envelope.metadata().partition_key.as_deref(),
        Some(envelope.payload().key())
    );
    envelope
}

fn eur(amount: &str) -> Money {
    Money::new(amount.parse().unwrap(), CurrencyCode::EUR)
}

#[test]
fn product_created_is_read_and_written_as_agreed() {
    let event = golden::<ProductCreated>().into_payload();
    assert_eq!(event.name, "Storm jacket");
    assert_eq!(event.list_price, Some(eur("89.90")));
    assert_eq!(event.sku.as_deref(), Some("JKT-M-MOSS"));
    assert_eq!(event.categories[0].name, "Rain jackets");
    assert_eq!(event.variants[0].price(), Some(eur("79.90")));
    assert_eq!(event.metadata["supplier"]["id"], 17);
    assert_eq!(event.country_of_origin.as_deref(), Some("PT"));
}

#[test]
fn product_updated_is_read_and_written_as_agreed() {
    let event = golden::<ProductUpdated>().into_payload();
    assert_eq!(event.updated_fields, ["name", "tags"]);
    assert_eq!(event.variants[0].updated_fields, ["images"]);
}

#[test]
fn product_status_changed_is_read_and_written_as_agreed() {
    let event = golden::<ProductStatusChanged>().into_payload();
    assert_eq!(
        (event.old_status, event.new_status),
        (Some(ProductStatus::Draft), ProductStatus::Active)
    );
}

#[test]
fn product_deleted_is_read_and_written_as_agreed() {
    let event = golden::<ProductDeleted>().into_payload();
    assert_eq!(event.deletion_reason.as_deref(), Some("Recalled by the maker"));
}

#[test]
fn product_variant_added_is_read_and_written_as_agreed() {
    let event = golden::<ProductVariantAdded>().into_payload();
    assert_eq!(
        event.variant.created_at.unwrap().to_string(),
        "2026-03-03T08:00:00Z"
    );
    assert_eq!(event.variant.attributes[1].value, "Moss");
}

#[test]
fn product_variant_updated_is_read_and_written_as_agreed() {
    let event = golden::<ProductVariantUpdated>().into_payload();
    assert_eq!(event.variant.inventory_setup, Some(InventorySetup::Ready));
    assert_eq!(event.variant_id, event.variant.variant_id);
}

#[test]
fn product_variant_removed_is_read_and_written_as_agreed() {
    assert_eq!(golden::<ProductVariantRemoved>().into_payload().removed_by, "u-3");
}

#[test]
fn product_price_changed_is_read_and_written_as_agreed() {
    let event = golden::<ProductPriceChanged>().into_payload();
    assert_eq!(event.current_amount(), Some("69.50".parse().unwrap()));
    assert_eq!(event.old_price.unwrap().sale_amount, None);
}

#[test]
fn product_price_effective_is_read_and_written_as_agreed() {
    let envelope = golden::<ProductPriceEffective>();
    assert_eq!(envelope.payload().cause, PriceCause::Schedule);
    assert!(envelope.metadata().causation_id.is_some());
}

#[test]
fn every_fixture_is_known_to_the_union() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut types = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let event = ProductEvent::decode(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        assert!(
            !matches!(event, ProductEvent::Unknown(_)),
            "{} is unknown",
            event.message_type()
        );
        types.push(event.message_type().to_owned());
    }
    assert_eq!(types.len(), 9);
}

#[test]
fn routing_keys_end_in_the_major_version() {
    fn check<E: Event>() -> &'static str {
        assert!(E::ROUTING_KEY.ends_with(&format!(".v{}", E::VERSION.major)));
        assert_eq!(E::ROUTING_KEY.split('.').nth(1), Some(E::AGGREGATE));
        assert_eq!(E::EXCHANGE, "product.events");
        E::ROUTING_KEY
    }
    let keys = [
        check::<ProductCreated>(),
        check::<ProductUpdated>(),
        check::<ProductDeleted>(),
        check::<ProductStatusChanged>(),
        check::<ProductVariantAdded>(),
        check::<ProductVariantUpdated>(),
        check::<ProductVariantRemoved>(),
        check::<ProductPriceChanged>(),
        check::<ProductPriceEffective>(),
    ];
    let different: std::collections::BTreeSet<_> = keys.iter().collect();
    assert_eq!(different.len(), keys.len());
}
