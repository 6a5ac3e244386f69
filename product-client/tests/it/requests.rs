//! Operations as they go over the wire, and come back.

use product_client::testing::Reply;
use product_client::{
    CurrencyCode, Patch, PriceType, ProductCreate, ProductPatch, ProductStatus, SetPrice, VariantId,
    VariantIds,
};
use serde_json::{Value, json};

use crate::samples::{PRODUCT, VARIANT, answered, price, product_id, variant_id};

fn body_of(request: &client_core::http::Request<client_core::bytes::Bytes>) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_price_is_read() {
    let (client, transport) = answered(Reply::json(200, &price()));
    let price = client
        .get_variant_price(variant_id())
        .correlation_id("order-1")
        .await
        .unwrap();
    assert_eq!(price.current_price.to_string(), "89.90");
    assert_eq!(
        (price.currency, price.price_type),
        (CurrencyCode::EUR, PriceType::Sale)
    );
    let request = &transport.requests()[0];
    assert_eq!(request.method(), "GET");
    assert_eq!(
        request.uri(),
        &*format!("https://products.test/api/v1/products/variants/{VARIANT}/price")
    );
    assert_eq!(request.headers()["x-correlation-id"], "order-1");
    assert!(request.body().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_opaque_id_stays_one_segment() {
    let (client, transport) = answered(Reply::json(200, &price()));
    client
        .get_variant_price(VariantId::new("a/../b?c").unwrap())
        .await
        .unwrap();
    assert_eq!(
        transport.requests()[0].uri().path(),
        "/api/v1/products/variants/a%2F..%2Fb%3Fc/price"
    );
}

#[tokio::test(start_paused = true)]
async fn filters_and_pages_go_into_the_query() {
    let (client, transport) = answered(Reply::json(
        200,
        &json!({"items": [], "total": 0, "page": 2, "limit": 50}),
    ));
    let page = client
        .list_products()
        .page(2)
        .limit(50)
        .sort(["-name", "id"])
        .status(ProductStatus::Active)
        .search("boots & shoes")
        .await
        .unwrap();
    assert_eq!((page.total, page.page, page.limit), (0, 2, 50));
    assert_eq!(
        transport.requests()[0].uri().query(),
        Some("page=2&limit=50&sort=-name,id&status=ACTIVE&search=boots%20%26%20shoes")
    );
}

#[tokio::test(start_paused = true)]
async fn a_patch_tells_clearing_from_leaving() {
    let (client, transport) = answered(Reply::status(500));
    let mut patch = ProductPatch::default();
    patch.status = ProductStatus::Active.into();
    patch.short_description = Patch::Null;
    client
        .patch_product(product_id(), patch)
        .if_match("\"7\"")
        .await
        .unwrap_err();
    let request = &transport.requests()[0];
    assert_eq!(request.method(), "PATCH");
    assert_eq!(request.headers()["content-type"], "application/merge-patch+json");
    assert_eq!(request.headers()["if-match"], "\"7\"");
    assert_eq!(
        body_of(request),
        json!({"status": "ACTIVE", "shortDescription": null})
    );
}

#[tokio::test(start_paused = true)]
async fn a_price_is_written_as_text() {
    let (client, transport) = answered(Reply::json(200, &price()));
    let set = SetPrice::new("99.90".parse().unwrap(), CurrencyCode::EUR, PriceType::Sale)
        .with_sale_price("89.90".parse().unwrap());
    client.set_variant_price(variant_id(), set).await.unwrap();
    let request = &transport.requests()[0];
    assert_eq!(request.method(), "PUT");
    assert_eq!(
        body_of(request),
        json!({"basePrice": "99.90", "salePrice": "89.90", "currency": "EUR", "priceType": "SALE"})
    );
}

#[tokio::test(start_paused = true)]
async fn a_product_is_created_under_a_key() {
    let (client, transport) = answered(Reply::status(409));
    let product = ProductCreate::new(
        "Trail boot",
        "Kestrel",
        [product_client::CategoryId::new("c-1").unwrap()],
    );
    let error = client.create_product(product).await.unwrap_err();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(409));
    let request = &transport.requests()[0];
    assert!(request.headers().contains_key("idempotency-key"));
    assert_eq!(
        body_of(request),
        json!({"name": "Trail boot", "brand": "Kestrel", "categoryIds": ["c-1"]})
    );
}

#[tokio::test(start_paused = true)]
async fn a_batch_tells_what_is_missing() {
    let (client, transport) = answered(Reply::json(200, &json!({"items": [], "missing": [VARIANT]})));
    let batch = client
        .batch_variants(VariantIds::new([variant_id()]))
        .await
        .unwrap();
    assert_eq!(batch.missing, [variant_id()]);
    assert_eq!(body_of(&transport.requests()[0]), json!({"ids": [VARIANT]}));
}

#[tokio::test(start_paused = true)]
async fn head_and_delete_answer_without_a_body() {
    let (client, transport) = answered(Reply::status(200).with_header("etag", "\"7\""));
    let response = client.head_product(product_id()).send().await.unwrap();
    assert_eq!(response.etag(), Some("\"7\""));
    assert_eq!(transport.requests()[0].method(), "HEAD");

    let (client, transport) = answered(Reply::status(204));
    client.delete_product(product_id()).await.unwrap();
    assert_eq!(
        transport.requests()[0].uri().path(),
        format!("/api/v1/products/{PRODUCT}")
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_held_already_is_not_modified() {
    let (client, transport) = answered(Reply::status(304));
    let error = client
        .get_product(product_id())
        .if_none_match("\"7\"")
        .await
        .unwrap_err();
    assert!(error.is_not_modified() && !error.is_unavailable());
    assert_eq!(transport.requests()[0].headers()["if-none-match"], "\"7\"");
}

#[tokio::test(start_paused = true)]
async fn fields_and_values_of_a_newer_service_are_accepted() {
    let mut newer = price();
    newer["priceType"] = "MEMBERS".into();
    newer["taxIncluded"] = true.into();
    let (client, _) = answered(Reply::json(200, &newer));
    let price = client.get_variant_price(variant_id()).await.unwrap();
    assert_eq!(price.price_type.as_str(), "MEMBERS");
}
