//! The same event as other documents of the platform write its payload.

use crate::views::views_of;
use event_contracts::category::{CategoryCreated, CategoryMoved};
use event_contracts::discount::DiscountAppliedToProduct;
use event_contracts::inventory::{
    InventoryBackInStock, InventoryReserved, InventoryStatusUpdated, LowStockThresholdReached, OutOfStock,
    StockChangeType, StockLevelChanged,
};
use event_contracts::price::ProductPriceChanged;
use event_contracts::product::{ProductCreated, ProductStatusChanged, ProductUpdated};
use event_contracts::review::ProductReviewStatsUpdated;
use event_contracts::user::UserRoleAssigned;
use event_contracts::{Envelope, Event};
use product_types::{InventoryStatus, ProductStatus};

/// Reads a payload that came under `name`, and checks that what is written of it is read again as the same.
fn read<E: Event + PartialEq + std::fmt::Debug>(name: &str, payload: &str) -> E {
    let body = format!(
        r#"{{"messageId":"m-1","messageType":"{name}","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z",
            "source":"a-service","payload":{payload}}}"#
    );
    let envelope = Envelope::<E>::decode(body.as_bytes()).unwrap();
    let again = Envelope::<E>::decode(&envelope.to_json().unwrap()).unwrap();
    assert_eq!(again, envelope);
    assert!(views_of(body.as_bytes()) <= 1);
    envelope.into_payload()
}

#[test]
fn a_product_may_go_by_id_and_its_brand_may_be_an_object() {
    let created: ProductCreated = read(
        "product.created",
        r#"{"id":"prod_01FXYZ789ABC","name":"n","brand":{"id":"brand_7","name":"Nordwind"},"status":"active",
            "createdAt":"2026-03-02T09:15:00Z","createdBy":"u"}"#,
    );
    assert_eq!(created.product_id.as_str(), "prod_01FXYZ789ABC");
    assert_eq!(created.brand, "Nordwind");

    let updated: ProductUpdated = read(
        "ProductUpdatedEvent.v1",
        r#"{"id":"prod_12345","name":"n","brand":{"name":"Nordwind"},"status":"ACTIVE",
            "updatedAt":"2026-03-02T09:15:00Z","updatedBy":"u"}"#,
    );
    assert_eq!(updated.brand, "Nordwind");
    assert!(updated.updated_fields.is_empty());
}

#[test]
fn a_price_change_may_name_the_variant_by_its_sku_and_amounts_by_another_name() {
    let changed: ProductPriceChanged = read(
        "product.price_changed",
        r#"{"productId":"prod_12345","variantSku":"SKU-M","oldPrice":{"amount":29.99,"currency":"USD"},
            "newPrice":{"amount":1234567890123456.78,"currency":"USD"}}"#,
    );
    assert_eq!(changed.variant_id, None);
    assert_eq!(changed.variant_sku.as_deref(), Some("SKU-M"));
    assert_eq!(changed.old_price.unwrap().base_amount, "29.99".parse().unwrap());
    assert_eq!(
        changed.new_price.base_amount,
        "1234567890123456.78".parse().unwrap()
    );
    assert_eq!(
        changed.updated_at.to_string(),
        "2026-03-02T09:15:00Z",
        "the envelope's"
    );
    assert_eq!(changed.updated_by, None);

    let beside: ProductPriceChanged = read(
        "PriceUpdated",
        r#"{"id":"p","productVariantId":"var_1","variantSku":"SKU-M","newPrice":{"baseAmount":"20","currency":"USD"},
            "updatedAt":"2026-03-01T00:00:00Z","updatedBy":"u"}"#,
    );
    assert_eq!(beside.variant_id.unwrap().as_str(), "var_1");
    assert_eq!(beside.variant_sku.as_deref(), Some("SKU-M"));
    assert_eq!(beside.updated_at.to_string(), "2026-03-01T00:00:00Z");
}

#[test]
fn a_name_that_tells_the_new_status_leaves_the_old_one_unknown() {
    for (name, status) in [
        ("ProductPublished", ProductStatus::Active),
        ("ProductPublishedEvent.v1", ProductStatus::Active),
        ("product.published", ProductStatus::Active),
        ("ProductUnpublished", ProductStatus::Inactive),
        ("product.unpublished", ProductStatus::Inactive),
        ("ProductDiscontinued", ProductStatus::Discontinued),
        ("product.discontinued", ProductStatus::Discontinued),
        ("com.example.ProductUnpublished", ProductStatus::Inactive),
        ("com.example.product.published.v1", ProductStatus::Active),
        ("product.product_discontinued", ProductStatus::Discontinued),
    ] {
        let changed: ProductStatusChanged = read(name, r#"{"productId":"prod_12345","reason":"x"}"#);
        assert_eq!((changed.old_status, changed.new_status), (None, status), "{name}");
        assert_eq!(changed.changed_at.to_string(), "2026-03-02T09:15:00Z");
        assert_eq!(changed.changed_by, None);
    }
    let changed: ProductStatusChanged = read(
        "ProductPublished",
        r#"{"id":"p","oldStatus":"draft","publishedAt":"2026-03-01T00:00:00Z","publishedBy":"u-1"}"#,
    );
    assert_eq!(changed.old_status, Some(ProductStatus::Draft));
    assert_eq!(changed.changed_at.to_string(), "2026-03-01T00:00:00Z");
    assert_eq!(changed.changed_by.as_deref(), Some("u-1"));
}

#[test]
fn the_canonical_payload_is_read_under_a_dotted_name_too() {
    let changed: ProductStatusChanged = read(
        "product.status_changed",
        r#"{"productId":"p","oldStatus":"DRAFT","newStatus":"ACTIVE","changedAt":"2026-03-01T00:00:00Z","changedBy":"u"}"#,
    );
    assert_eq!(changed.new_status, ProductStatus::Active);
}

#[test]
fn stock_is_read_in_each_of_its_shapes() {
    let view: StockLevelChanged = read(
        "StockLevelChanged",
        r#"{"productVariantId":"var_1","availableQuantity":7,"status":"LOW_STOCK","updatedAt":"2026-03-02T09:15:00Z"}"#,
    );
    assert_eq!(view.new_quantity_available, 7);
    assert_eq!(view.status, Some(InventoryStatus::LowStock));
    assert_eq!(view.key(), "var_1");

    for name in ["InventoryUpdated", "ProductStockChanged", "InventoryUpdatedEvent"] {
        let booked: StockLevelChanged = read(
            name,
            r#"{"productId":"prod_12345","sku":"SKU-M","warehouseId":"wh_1","previousQuantity":10,"newQuantity":8,
                "changeAmount":-2,"changeReason":"sold","transactionType":"TRANSFER_OUT"}"#,
        );
        assert_eq!(booked.previous_quantity_available, Some(10));
        assert_eq!(booked.quantity_changed, Some(-2));
        assert_eq!(booked.change_type, Some(StockChangeType::TransferOut));
        assert_eq!(booked.reason.as_deref(), Some("sold"));
        assert_eq!(booked.key(), "SKU-M", "the variant by its other name");
    }
}

#[test]
fn stock_that_names_no_variant_is_kept_in_order_by_what_it_names() {
    let reserved: InventoryReserved = read(
        "InventoryReserved",
        r#"{"inventoryItemId":"inv_1","productId":"p"}"#,
    );
    assert_eq!(reserved.key(), "inv_1");
    let back: InventoryBackInStock = read("InventoryBackInStock", r#"{"productId":"p"}"#);
    assert_eq!(back.key(), "p");
    let nothing: InventoryBackInStock = read("InventoryBackInStock", "{}");
    assert_eq!(nothing.key(), "");
}

#[test]
fn warnings_of_stock_go_by_two_names() {
    let low: LowStockThresholdReached = read(
        "InventoryLowStockEvent",
        r#"{"variantId":"v","lowStockThreshold":8,"newQuantity":7}"#,
    );
    assert_eq!((low.threshold, low.new_quantity_available), (Some(8), Some(7)));
    let out: OutOfStock = read("InventoryOutOfStockEvent", r#"{"sku":"SKU-M"}"#);
    assert_eq!(out.key(), "SKU-M");
    let status: InventoryStatusUpdated = read(
        "InventoryStatusUpdated",
        r#"{"sku":"SKU-M","newStatus":"out_of_stock"}"#,
    );
    assert_eq!(status.status, InventoryStatus::OutOfStock);
}

#[test]
fn a_word_of_a_newer_writer_stays_as_it_came() {
    let changed: StockLevelChanged = read(
        "StockLevelChanged",
        r#"{"sku":"s","newQuantityAvailable":1,"changeType":"cycle-Count"}"#,
    );
    assert_eq!(changed.change_type.unwrap().as_str(), "cycle-Count");
}

#[test]
fn a_category_path_may_lack_its_leading_slash() {
    let created: CategoryCreated = read(
        "CategoryCreated",
        r#"{"categoryId":"b","name":"n","path":"a/b","level":2,"createdAt":"2026-03-02T09:15:00Z","createdBy":"u"}"#,
    );
    assert_eq!(created.path.as_str(), "/a/b");
    let moved: CategoryMoved = read(
        "category.moved",
        r#"{"categoryId":"b","oldPath":"/a/b","newPath":"b","newLevel":1,"movedAt":"2026-03-02T09:15:00Z","movedBy":"u"}"#,
    );
    assert_eq!(moved.new_path.ids().collect::<Vec<_>>(), ["b"]);
    assert_eq!(moved.new_parent_id, None);
}

#[test]
fn the_remaining_aliases_are_read() {
    let applied: DiscountAppliedToProduct = read(
        "DiscountApplied",
        r#"{"productId":"p","productVariantId":"v","discountId":"d","appliedAt":"2026-03-02T09:15:00Z","appliedBy":"u"}"#,
    );
    assert_eq!(applied.priority, 0);
    let assigned: UserRoleAssigned = read(
        "UserRoleAssigned",
        r#"{"userId":"u","roleId":"r","roleName":"editor","by":"admin","at":"2026-03-02T09:15:00Z"}"#,
    );
    assert_eq!(assigned.assigned_by.as_deref(), Some("admin"));
    assert!(assigned.assigned_at.is_some());
    let unrated: ProductReviewStatsUpdated = read(
        "ProductReviewStatsUpdated",
        r#"{"productId":"p","averageRating":null,"reviewCount":0}"#,
    );
    assert_eq!(unrated.average_rating, None);
}

#[test]
fn a_field_stated_under_both_of_its_names_is_refused() {
    let body = br#"{"messageId":"m","messageType":"StockLevelChanged","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z",
        "source":"s","payload":{"variantId":"a","productVariantId":"b","newQuantity":1}}"#;
    let error = Envelope::<StockLevelChanged>::decode(body).unwrap_err();
    assert!(error.is_payload());
}
