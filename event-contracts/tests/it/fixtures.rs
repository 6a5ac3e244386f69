//! One message a type and version, never edited, only added: what was written once must be readable for ever.

use event_contracts::category::{CategoryCreated, CategoryDeleted, CategoryMoved, CategoryUpdated};
use event_contracts::discount::{
    self, DiscountAppliedToProduct, DiscountCreated, DiscountDeleted, DiscountExpired,
    DiscountRemovedFromProduct, DiscountUpdated,
};
use event_contracts::inventory::{
    InventoryBackInStock, InventoryItemCreated, InventoryRecordInitialized, InventoryRecordUpdateFailed,
    InventoryReservationCancelled, InventoryReservationFulfilled, InventoryReserved, InventoryStatusUpdated,
    LowStockThresholdReached, OutOfStock, StockChangeType, StockLevelChanged,
};
use event_contracts::price::{PriceCause, ProductPriceChanged, ProductPriceEffective};
use event_contracts::product::{ProductCreated, ProductDeleted, ProductStatusChanged, ProductUpdated};
use event_contracts::review::ProductReviewStatsUpdated;
use event_contracts::user::{
    ProductViewed, UserPreferenceChanged, UserRoleAssigned, UserRoleRemoved, UserRoleUpdated,
};
use event_contracts::variant::{ProductVariantAdded, ProductVariantRemoved, ProductVariantUpdated};
use event_contracts::{Envelope, Event, InventoryEvent, ProductEvent, UserEvent, catalogue};
use product_types::{CurrencyCode, InventorySetup, InventoryStatus, Money, ProductStatus};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn file<E: Event>() -> String {
    format!("{}.v{}", E::TYPE, E::VERSION.major)
}

/// Reads the fixture, checks that writing it again says exactly the same, and gives the envelope.
fn golden<E: Event>() -> Envelope<E> {
    let bytes = std::fs::read(folder().join(format!("{}.json", file::<E>()))).unwrap();
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

/// Reads the fixture that has the required fields only, and checks that none of them can be left out.
fn minimal<E: Event>() {
    let bytes = std::fs::read(folder().join(format!("{}.minimal.json", file::<E>()))).unwrap();
    let envelope = Envelope::<E>::decode(&bytes).unwrap();
    let written = envelope.to_json().unwrap();
    let rewritten = Envelope::<E>::decode(&written).unwrap().to_json().unwrap();
    assert_eq!(written, rewritten);
    assert!(!envelope.payload().key().is_empty() || E::TYPE == "StockLevelChanged");

    let message: Value = serde_json::from_slice(&bytes).unwrap();
    for field in message["payload"].as_object().unwrap().keys() {
        let mut without = message.clone();
        without["payload"].as_object_mut().unwrap().remove(field);
        let read = Envelope::<E>::decode(&serde_json::to_vec(&without).unwrap());
        let names_the_variant = ["sku", "variantId"].contains(&field.as_str());
        assert!(
            read.is_err() || names_the_variant,
            "{} is read without {field}",
            E::TYPE
        );
    }
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
fn a_stock_level_changed_is_read_and_written_as_agreed() {
    let event = golden::<StockLevelChanged>().into_payload();
    assert_eq!(event.change_type, Some(StockChangeType::Sale));
    assert_eq!(event.quantity_changed, Some(-2));
    assert_eq!(event.status, Some(InventoryStatus::InStock));
}

#[test]
fn a_category_moved_is_read_and_written_as_agreed() {
    let event = golden::<CategoryMoved>().into_payload();
    assert_eq!(event.new_path.ids().count(), 3);
    assert_eq!(event.new_path.ids().next_back(), Some(event.category_id.as_str()));
}

#[test]
fn product_review_stats_updated_is_read_and_written_as_agreed() {
    assert_eq!(
        golden::<ProductReviewStatsUpdated>()
            .into_payload()
            .average_rating,
        Some(4.5)
    );
}

/// Every event of the catalogue, read from both of its fixtures and written again.
#[test]
fn every_event_has_a_full_and_a_minimal_fixture_and_reads_both() {
    let mut read = BTreeSet::new();
    macro_rules! check {
        ($($event:ty),+ $(,)?) => {$(
            golden::<$event>();
            minimal::<$event>();
            read.extend(["", ".minimal"].map(|size| format!("{}{size}.json", file::<$event>())));
        )+};
    }
    check!(
        ProductCreated,
        ProductUpdated,
        ProductDeleted,
        ProductStatusChanged,
        ProductVariantAdded,
        ProductVariantUpdated,
        ProductVariantRemoved,
        ProductPriceChanged,
        ProductPriceEffective,
        CategoryCreated,
        CategoryUpdated,
        CategoryDeleted,
        CategoryMoved,
        DiscountCreated,
        discount::v2::DiscountCreated,
        DiscountUpdated,
        DiscountDeleted,
        DiscountExpired,
        DiscountAppliedToProduct,
        DiscountRemovedFromProduct,
        StockLevelChanged,
        InventoryItemCreated,
        InventoryReserved,
        InventoryReservationCancelled,
        InventoryReservationFulfilled,
        InventoryBackInStock,
        InventoryStatusUpdated,
        LowStockThresholdReached,
        OutOfStock,
        InventoryRecordInitialized,
        InventoryRecordUpdateFailed,
        ProductReviewStatsUpdated,
        UserRoleUpdated,
        UserRoleAssigned,
        UserRoleRemoved,
        UserPreferenceChanged,
        ProductViewed,
    );
    let committed: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        read, committed,
        "each fixture belongs to one type and major version"
    );
    assert_eq!(read.len(), 2 * catalogue::ALL.len());
}

#[test]
fn every_fixture_is_known_to_a_union() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let body = std::fs::read(&path).unwrap();
        let is_known = !matches!(ProductEvent::decode(&body).unwrap(), ProductEvent::Unknown(_))
            || !matches!(InventoryEvent::decode(&body).unwrap(), InventoryEvent::Unknown(_))
            || !matches!(UserEvent::decode(&body).unwrap(), UserEvent::Unknown(_));
        // The Review Service publishes one type, for which a union would say nothing more.
        let is_alone = path.to_string_lossy().contains("ProductReviewStatsUpdated");
        assert!(is_known != is_alone, "{}", path.display());
    }
}
