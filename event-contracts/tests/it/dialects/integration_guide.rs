//! The guide to the integration of inventory and product: some fields stand in an object of their own.

use super::read;
use event_contracts::inventory::StockLevelChanged;
use event_contracts::variant::ProductVariantAdded;
use event_contracts::{Dialect, RawEnvelope, Version};
use std::error::Error as _;

#[test]
fn a_new_variant_is_read() {
    let envelope = read::<ProductVariantAdded>(
        Dialect::IntegrationGuide,
        r#"{
            "eventId": "evt_01FXYZ789ABC", "eventType": "ProductVariantCreated", "eventVersion": "1.0.0",
            "aggregateId": "prod_12345", "aggregateType": "Product",
            "timestamp": "2026-03-02T09:15:00Z",
            "metadata": {"source": "ProductService", "correlationId": "corr_1", "userId": "u-17"},
            "payload": {"productId": "prod_12345",
                "variant": {"productVariantId": "var_1", "sku": "JKT-M-MOSS", "name": "M",
                    "attributes": [{"name": "size", "value": "M"}]}}
        }"#,
    );
    let metadata = envelope.metadata();
    assert_eq!(metadata.version, Version::new(1, 0));
    assert_eq!(metadata.source, "product-service");
    assert_eq!(metadata.correlation_id.as_deref(), Some("corr_1"));
    assert_eq!(metadata.partition_key.as_deref(), Some("prod_12345"));
    assert_eq!(envelope.payload().variant.variant_id.as_str(), "var_1");
}

#[test]
fn the_aggregate_keeps_the_order() {
    let envelope = read::<StockLevelChanged>(
        Dialect::IntegrationGuide,
        r#"{"eventId":"e","eventType":"StockLevelChanged","eventVersion":"1.0.0","aggregateId":"inv_9","aggregateType":"InventoryItem",
            "timestamp":"2026-03-02T09:15:00Z","metadata":{"source":"inventory-service","correlationId":null},
            "payload":{"productVariantId":"var_1","newQuantity":3}}"#,
    );
    assert_eq!(envelope.metadata().partition_key.as_deref(), Some("inv_9"));
    assert_eq!(envelope.metadata().correlation_id, None);
}

#[test]
fn fields_of_ours_are_read_wherever_they_stand() {
    let body = br#"{"eventId":"e","eventType":"T","eventVersion":"1.0.0","aggregateId":"a","sequence":4,
        "timestamp":"2026-03-02T09:15:00Z","metadata":{"source":"s","causationId":"m-0","partitionKey":"k"},"payload":{}}"#;
    let raw = RawEnvelope::parse(body).unwrap();
    assert_eq!((raw.sequence(), raw.partition_key()), (Some(4), Some("k")));
    assert_eq!(raw.causation_id(), Some("m-0"));
}

#[test]
fn a_field_inside_and_outside_of_the_metadata_must_agree() {
    let message = |inner: &str| {
        format!(
            r#"{{"eventId":"e","eventType":"T","eventVersion":"1.0.0","source":"a",
"timestamp":"2026-03-02T09:15:00Z","metadata":{{"source":{inner}}},"payload":{{}}}}"#
        )
    };
    assert!(RawEnvelope::parse(message(r#""a""#).as_bytes()).is_ok());
    let body = message(r#""b""#);
    let error = RawEnvelope::parse(body.as_bytes()).unwrap_err();
    assert!(error.is_ambiguous());
    let position = error.position().unwrap();
    let line = body.lines().nth(1).unwrap();
    assert_eq!(
        (position.line, position.column),
        (2, line.find(r#""b""#).unwrap() + 1)
    );
    assert_eq!(
        error.source().unwrap().to_string(),
        "`source` and `metadata.source` contradict each other"
    );
}

#[test]
fn other_dialects_keep_what_they_like_in_their_metadata() {
    let body =
        br#"{"messageId":"m","messageType":"T","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z",
        "source":"s","metadata":{"source":7,"source":8},"payload":{}}"#;
    assert_eq!(RawEnvelope::parse(body).unwrap().source(), "s");
}
