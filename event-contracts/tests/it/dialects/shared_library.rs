//! The shared RabbitMQ library: the version stands in the type's name.

use super::read;
use event_contracts::product::{ProductCreated, ProductStatusChanged};
use event_contracts::{Dialect, InventoryEvent, ProductEvent, RawEnvelope, Version};
use product_types::ProductStatus;

fn message(message_type: &str, payload: &str) -> String {
    format!(
        r#"{{
            "messageId": "8e0f4c1d-93a8-4c1f-8d5a-0a6f2f3c7b11",
            "messageType": "{message_type}",
            "envelopeVersion": "1.0",
            "timestamp": "2026-03-02T09:15:00Z",
            "sourceService": "ProductService",
            "correlationId": "c-1",
            "payload": {payload}
        }}"#
    )
}

#[test]
fn a_product_comes_with_its_brand_as_an_object_and_its_id_as_id() {
    let envelope = read::<ProductCreated>(
        Dialect::SharedLibrary,
        &message(
            "ProductCreatedEvent.v1",
            r#"{"id": "prod_12345", "name": "Storm jacket", "brand": {"id": "brand_9", "name": "Alder"},
                "status": "ACTIVE", "createdAt": "2026-03-02T09:15:00Z", "createdBy": "u-1"}"#,
        ),
    );
    assert_eq!(envelope.payload().product_id.as_str(), "prod_12345");
    assert_eq!(envelope.payload().brand, "Alder");
    assert_eq!(envelope.metadata().source, "product-service");
    assert_eq!(envelope.metadata().version, Version::new(1, 0));
    assert_eq!(envelope.metadata().partition_key.as_deref(), Some("prod_12345"));
}

#[test]
fn published_and_unpublished_products_change_their_status() {
    for (name, status) in [
        ("ProductPublishedEvent.v1", ProductStatus::Active),
        ("ProductPublishedV1", ProductStatus::Active),
        ("ProductUnpublished.v1", ProductStatus::Inactive),
    ] {
        let body = message(name, r#"{"productId": "prod_1"}"#);
        let envelope = read::<ProductStatusChanged>(Dialect::SharedLibrary, &body);
        assert_eq!(envelope.payload().new_status, status, "{name}");
    }
}

#[test]
fn the_suffix_is_the_version() {
    let body = message("OrderCreatedEvent.v3", "{}");
    let raw = RawEnvelope::parse(body.as_bytes()).unwrap();
    assert_eq!(raw.version(), Version::new(3, 0));
    assert_eq!(raw.message_type(), "OrderCreated");
    assert_eq!(raw.message_type_as_written(), "OrderCreatedEvent.v3");
    let event = ProductEvent::decode(body.as_bytes()).unwrap();
    assert!(matches!(event, ProductEvent::Unknown(_)));

    // A major that is not read yet.
    let body = message("StockLevelChangedV2", "{}");
    let event = InventoryEvent::decode(body.as_bytes()).unwrap();
    assert!(matches!(event, InventoryEvent::Unknown(_)));

    // A number that is no version does not make it the first one.
    let body = message("ProductDeletedEvent.v65537", "{}");
    let event = ProductEvent::decode(body.as_bytes()).unwrap();
    assert!(matches!(event, ProductEvent::Unknown(_)));

    // Without a suffix it is the first.
    let body = message("ProductDeletedEvent", "{}");
    let raw = RawEnvelope::parse(body.as_bytes()).unwrap();
    assert_eq!(raw.version(), Version::new(1, 0));
}
