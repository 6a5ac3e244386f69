//! The `StandardMessage` of the Phase 5 overview.

use super::{at, read};
use event_contracts::product::ProductStatusChanged;
use event_contracts::{Dialect, Version};
use product_types::ProductStatus;

#[test]
fn a_standard_message_is_read() {
    let envelope = read::<ProductStatusChanged>(
        Dialect::Canonical,
        r#"{
            "messageId": "0190f7c2-8a51-7c3e-9d2f-5a1b3c4d5e6f",
            "messageType": "ProductStatusChanged",
            "messageVersion": "1.0",
            "timestamp": "2026-03-02T09:15:00.250Z",
            "source": "product-service",
            "correlationId": "order-4711",
            "payload": {
                "productId": "prod_01FXYZ789ABC", "oldStatus": "DRAFT", "newStatus": "ACTIVE",
                "changedAt": "2026-03-02T09:15:00Z", "changedBy": "u-17"
            }
        }"#,
    );
    let metadata = envelope.metadata();
    assert_eq!(metadata.version, Version::new(1, 0));
    assert_eq!(metadata.timestamp, at("2026-03-02T09:15:00.25Z"));
    assert_eq!(metadata.correlation_id.as_deref(), Some("order-4711"));
    assert_eq!(
        metadata.partition_key.as_deref(),
        Some("prod_01FXYZ789ABC"),
        "the event's key"
    );
    assert_eq!(metadata.sequence, None);
    assert_eq!(envelope.payload().new_status, ProductStatus::Active);
}

#[test]
fn the_payload_may_stand_first() {
    let envelope = read::<ProductStatusChanged>(
        Dialect::Canonical,
        r#"{"payload":{"productId":"p","oldStatus":"DRAFT","newStatus":"ACTIVE","changedAt":"2026-03-02T09:15:00Z","changedBy":"u"},
            "source":"ProductService","timestamp":"2026-03-02T09:15:00Z","messageVersion":"1.3","sequence":8,
            "messageType":"ProductStatusChangedEvent","causationId":"m-0","partitionKey":"p","messageId":"m-1"}"#,
    );
    assert_eq!(envelope.metadata().source, "product-service");
    assert_eq!(envelope.metadata().sequence, Some(8));
    assert_eq!(envelope.metadata().causation_id.as_ref().unwrap().as_str(), "m-0");
}
