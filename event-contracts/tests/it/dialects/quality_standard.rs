//! The quality standard: dotted names.

use super::{at, read};
use event_contracts::inventory::StockLevelChanged;
use event_contracts::price::ProductPriceChanged;
use event_contracts::product::{ProductDeleted, ProductStatusChanged};
use event_contracts::user::UserRoleUpdated;
use event_contracts::{Dialect, RawEnvelope, canonical_type};
use product_types::ProductStatus;

fn message(name: &str, data: &str) -> String {
    format!(
        r#"{{"id": "evt_12345", "type": "{name}", "dataVersion": "1.0", "timestamp": "2026-03-02T09:15:00Z",
            "source": "product-service", "correlationId": "corr-9", "data": {data}}}"#
    )
}

#[test]
fn a_price_of_a_variant_that_is_known_by_its_sku_is_read() {
    let envelope = read::<ProductPriceChanged>(
        Dialect::QualityStandard,
        &message(
            "product.price_changed",
            r#"{"productId": "prod_12345", "variantSku": "JKT-M-MOSS",
                "oldPrice": {"amount": 19.99, "currency": "USD"}, "newPrice": {"amount": 0.1, "currency": "USD"}}"#,
        ),
    );
    let price = envelope.payload();
    assert_eq!(price.variant_sku.as_deref(), Some("JKT-M-MOSS"));
    assert_eq!(price.new_price.base_amount, "0.1".parse().unwrap());
    assert_eq!(
        price.old_price.as_ref().unwrap().base_amount,
        "19.99".parse().unwrap()
    );
    assert_eq!(price.updated_at, at("2026-03-02T09:15:00Z"), "the envelope's");
    assert_eq!(envelope.metadata().correlation_id.as_deref(), Some("corr-9"));
}

#[test]
fn a_discontinued_product_changes_its_status() {
    for (name, status) in [
        ("product.discontinued", ProductStatus::Discontinued),
        ("product.discontinued.v1", ProductStatus::Discontinued),
        ("product.published", ProductStatus::Active),
        ("product.unpublished", ProductStatus::Inactive),
    ] {
        let body = message(name, r#"{"id": "prod_12345"}"#);
        let event = read::<ProductStatusChanged>(Dialect::QualityStandard, &body);
        assert_eq!(event.payload().new_status, status, "{name}");
        let raw = RawEnvelope::parse(body.as_bytes()).unwrap();
        assert_eq!(raw.message_type_as_written(), name);
    }
}

#[test]
fn dotted_names_are_found_by_domain_and_event() {
    let data = r#"{"productId":"p","deletedAt":"2026-03-02T09:15:00Z","deletedBy":"u"}"#;
    read::<ProductDeleted>(Dialect::QualityStandard, &message("product.deleted", data));
    let data = r#"{"sku":"s","newQuantity":1}"#;
    read::<StockLevelChanged>(
        Dialect::QualityStandard,
        &message("inventory.stock_level_changed", data),
    );
    let data = r#"{"userId":"u","roles":["admin"],"updatedAt":"2026-03-02T09:15:00Z"}"#;
    read::<UserRoleUpdated>(Dialect::QualityStandard, &message("user.role_updated", data));

    for (dotted, canonical) in [
        ("product.variant_created", "ProductVariantAdded"),
        ("product.price_updated", "ProductPriceChanged"),
        ("category.moved", "CategoryMoved"),
        ("discount.applied_to_product", "DiscountAppliedToProduct"),
        ("inventory.low_stock", "LowStockThresholdReached"),
        ("com.example.product.created", "ProductCreated"),
        ("com.example.ProductCreated", "ProductCreated"),
        // Nothing that is known.
        ("search.product_deleted", "search.product_deleted"),
        ("order.shipped", "order.shipped"),
        ("product.", "product."),
        (".created", ".created"),
        ("a.b", "a.b"),
    ] {
        assert_eq!(canonical_type(dotted), canonical, "{dotted}");
    }
    let endless = format!("{}.{}", "x".repeat(100), "_y".repeat(100));
    assert_eq!(canonical_type(&endless), endless);
}
