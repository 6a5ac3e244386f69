//! The inventory event schemas.

use super::{at, read};
use event_contracts::inventory::{LowStockThresholdReached, OutOfStock, StockChangeType, StockLevelChanged};
use event_contracts::{Dialect, Version};

fn message(message_type: &str, payload: &str) -> String {
    format!(
        r#"{{
            "messageId": "msg_01HXYZ", "messageType": "{message_type}", "version": "1.0",
            "timestamp": "2026-03-02T09:15:00+01:00", "source": "inventory-service",
            "correlationId": "corr_77", "payload": {payload}
        }}"#
    )
}

#[test]
fn a_stock_level_in_the_words_of_the_schemas_is_read() {
    let envelope = read::<StockLevelChanged>(
        Dialect::InventorySchemas,
        &message(
            "StockLevelChanged",
            r#"{"inventoryItemId": "inv_01FXYZ789ABC", "sku": "JKT-M-MOSS", "warehouseId": "wh_1",
                "previousQuantity": 10, "newQuantity": 7, "changeAmount": -3, "changeReason": "order 12",
                "transactionType": "sale"}"#,
        ),
    );
    let stock = envelope.payload();
    assert_eq!(stock.previous_quantity_available, Some(10));
    assert_eq!(stock.new_quantity_available, 7);
    assert_eq!(stock.quantity_changed, Some(-3));
    assert_eq!(stock.reason.as_deref(), Some("order 12"));
    assert_eq!(stock.change_type, Some(StockChangeType::Sale));
    assert_eq!(envelope.metadata().version, Version::new(1, 0));
    assert_eq!(envelope.metadata().timestamp, at("2026-03-02T08:15:00Z"));
    assert_eq!(envelope.metadata().correlation_id.as_deref(), Some("corr_77"));
    assert_eq!(envelope.metadata().partition_key.as_deref(), Some("JKT-M-MOSS"));
}

#[test]
fn the_other_document_s_stock_is_read_by_its_other_name() {
    let envelope = read::<StockLevelChanged>(
        Dialect::InventorySchemas,
        &message(
            "InventoryUpdated",
            r#"{"productVariantId": "var_12", "availableQuantity": 0, "status": "OUT_OF_STOCK",
                "updatedAt": "2026-03-02T09:15:00Z"}"#,
        ),
    );
    assert_eq!(envelope.payload().variant_id.as_ref().unwrap().as_str(), "var_12");
    assert_eq!(envelope.payload().new_quantity_available, 0);
    assert_eq!(envelope.metadata().partition_key.as_deref(), Some("var_12"));
}

#[test]
fn low_and_out_of_stock_have_names_of_their_own() {
    let low = message(
        "InventoryLowStockEvent",
        r#"{"productVariantId": "var_12", "threshold": 5}"#,
    );
    let low = read::<LowStockThresholdReached>(Dialect::InventorySchemas, &low);
    assert_eq!(low.payload().threshold, Some(5));
    let out = message("InventoryOutOfStockEvent", r#"{"productVariantId": "var_12"}"#);
    read::<OutOfStock>(Dialect::InventorySchemas, &out);
}
