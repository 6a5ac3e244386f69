//! The search service's events: no correlation id.

use super::read;
use event_contracts::Dialect;
use event_contracts::product::{ProductCreated, ProductDeleted};

fn message(event_type: &str, data: &str) -> String {
    format!(
        r#"{{"eventId": "9b2d1c7a-not-a-uuid", "eventType": "{event_type}", "version": "1.0",
            "timestamp": "2026-03-02T09:15:00Z", "source": "product-service", "data": {data}}}"#
    )
}

#[test]
fn a_product_to_be_indexed_is_read() {
    let envelope = read::<ProductCreated>(
        Dialect::Search,
        &message(
            "ProductCreated",
            r#"{"id": "prod_01FXYZ789ABC", "name": "Storm jacket", "brand": {"id": "b-1", "name": "Alder"},
                "status": "ACTIVE", "createdAt": "2026-03-02T09:15:00Z", "createdBy": "u-1",
                "listPrice": {"amount": 89.90, "currency": "EUR"},
                "variants": [{"variantId": "var_1", "sku": "JKT-M-MOSS", "name": "M",
                    "listPrice": {"amount": 89.90, "currency": "EUR"}}]}"#,
        ),
    );
    let product = envelope.payload();
    assert_eq!(product.list_price.unwrap().amount, "89.9".parse().unwrap());
    assert_eq!(product.brand, "Alder");
    assert_eq!(envelope.metadata().correlation_id, None);
    assert_eq!(
        envelope.metadata().partition_key.as_deref(),
        Some("prod_01FXYZ789ABC")
    );
}

#[test]
fn a_product_to_be_removed_is_read() {
    let data = r#"{"id": "prod_12345", "deletedAt": "2026-03-02T09:15:00Z", "deletedBy": "u-1"}"#;
    let envelope = read::<ProductDeleted>(Dialect::Search, &message("ProductDeletedEvent", data));
    assert_eq!(envelope.metadata().message_id.as_str(), "9b2d1c7a-not-a-uuid");
}
