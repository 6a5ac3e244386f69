//! Which operation writes what, and that nothing written is ever lost.

use crate::api::{Api, Folder, broker, next_event, relay, text};
use event_contracts::ProductEvent;
use product_types::ProductStatus;
use reference_server::{ReferenceServer, Role};
use reqwest::Method;
use serde_json::json;
use std::collections::HashMap;

async fn published() -> (Api, event_messaging::memory::Queue) {
    let (broker, queue) = broker();
    (
        Api::of(ReferenceServer::builder().publisher(broker).relay(relay())).await,
        queue,
    )
}

#[tokio::test]
async fn each_operation_writes_its_events_and_no_others() {
    let (api, queue) = published().await;
    let body = json!({
        "name": "Trail Jacket",
        "brand": "Northwind",
        "categoryIds": [api.category().await],
        "tags": ["rain"],
        "variants": [{ "sku": "TJ-L", "name": "L",
            "price": { "basePrice": "119.90", "salePrice": "89.90", "currency": "USD", "priceType": "SALE" } }],
    });
    let created = api
        .manager(Method::POST, "/products")
        .header("x-correlation-id", "order-1")
        .json(&body);
    let product = text(&created.send().await.expect(201)["id"]);
    let (ProductEvent::Created(event), key, 1) = next_event(&queue).await else {
        panic!("POST product writes ProductCreated as its first event");
    };
    assert_eq!(key, product);
    assert_eq!(event.metadata().correlation_id.as_deref(), Some("order-1"));
    assert_eq!(event.metadata().source, "product-service");
    let event = event.payload();
    assert_eq!(
        (event.name.as_str(), event.created_by.as_str()),
        ("Trail Jacket", "manager")
    );
    assert_eq!(event.categories[0].name, "Coats");
    assert_eq!(event.sku.as_deref(), Some("TJ-L"));
    assert_eq!(
        event.variants[0].price().expect("a price").to_string(),
        "89.90 USD"
    );
    assert_eq!(event.list_price.expect("a price").to_string(), "119.90 USD");
    let variant = event.variants[0].variant_id.to_string();

    let path = format!("/products/{product}");
    let patch = json!({ "name": "Rain Jacket", "status": "ACTIVE" });
    api.manager(Method::PATCH, &path)
        .json(&patch)
        .send()
        .await
        .expect(200);
    let (ProductEvent::Updated(event), _, 2) = next_event(&queue).await else {
        panic!("PATCH writes ProductUpdated");
    };
    assert_eq!(event.payload().updated_fields, ["name"]);
    assert_eq!(event.payload().name, "Rain Jacket");
    let (ProductEvent::StatusChanged(event), _, 3) = next_event(&queue).await else {
        panic!("its status writes ProductStatusChanged besides");
    };
    assert_eq!(event.payload().old_status, Some(ProductStatus::Draft));
    assert_eq!(event.payload().new_status.as_str(), "ACTIVE");
    api.manager(Method::PATCH, &path)
        .json(&patch)
        .send()
        .await
        .expect(200);
    api.set_status(&product, "INACTIVE").await;
    assert!(
        matches!(next_event(&queue).await, (ProductEvent::StatusChanged(_), _, 4)),
        "nothing for a patch that changes nothing, and a single event for a status alone"
    );

    let variants = format!("{path}/variants");
    let added = json!({ "sku": "TJ-XL", "name": "XL" });
    let added = api
        .manager(Method::POST, &variants)
        .json(&added)
        .send()
        .await
        .expect(201);
    let (ProductEvent::VariantAdded(event), key, 5) = next_event(&queue).await else {
        panic!("POST variant writes ProductVariantAdded");
    };
    assert_eq!(
        (key, event.payload().variant.sku.as_str()),
        (product.clone(), "TJ-XL")
    );
    let added = format!("/products/variants/{}", text(&added["id"]));
    api.manager(Method::PATCH, &added)
        .json(&json!({ "name": "Extra large" }))
        .send()
        .await
        .expect(200);
    let (ProductEvent::VariantUpdated(event), _, 6) = next_event(&queue).await else {
        panic!("PATCH variant writes ProductVariantUpdated");
    };
    assert_eq!(event.payload().updated_fields, ["name"]);
    assert_eq!(event.payload().variant.name, "Extra large");

    let price = json!({ "basePrice": "99.00", "currency": "USD", "priceType": "REGULAR" });
    let put = format!("/products/variants/{variant}/price");
    api.manager(Method::PUT, &put)
        .json(&price)
        .send()
        .await
        .expect(200);
    let (ProductEvent::PriceChanged(event), key, 7) = next_event(&queue).await else {
        panic!("PUT price writes ProductPriceChanged");
    };
    assert_eq!(key, product, "prices are told in the order of their product");
    let old = event.payload().old_price.as_ref().expect("a price before");
    assert_eq!(
        (
            old.base_amount.to_string(),
            old.sale_amount.map(|sale| sale.to_string())
        ),
        ("119.90".to_owned(), Some("89.90".to_owned()))
    );
    assert_eq!(
        event
            .payload()
            .current_amount()
            .expect("a current price")
            .to_string(),
        "99.00"
    );

    api.manager(Method::DELETE, &added).send().await.expect(204);
    assert!(matches!(
        next_event(&queue).await,
        (ProductEvent::VariantRemoved(_), _, 8)
    ));
    api.manager(Method::DELETE, &path).send().await.expect(204);
    assert!(
        matches!(next_event(&queue).await, (ProductEvent::Deleted(_), _, 9)),
        "it implies every variant"
    );
    assert_eq!(api.events_written().await, 9);
}

#[tokio::test]
async fn a_refused_change_writes_no_event() {
    let api = Api::start().await;
    let (product, variant) = api.on_sale("Jacket").await;
    let before = api.events_written().await;
    let path = format!("/products/{product}");
    api.manager(Method::PATCH, &path)
        .json(&json!({ "status": "DRAFT" }))
        .send()
        .await
        .expect(409);
    api.manager(Method::PATCH, &path)
        .json(&json!({ "name": "x" }))
        .send()
        .await
        .expect(400);
    api.manager(Method::DELETE, &path)
        .header("if-match", "\"x\"")
        .send()
        .await
        .expect(412);
    let put = format!("/products/variants/{variant}/price");
    let dear = json!({ "basePrice": "1.00", "salePrice": "2.00", "currency": "USD", "priceType": "SALE" });
    api.manager(Method::PUT, &put)
        .json(&dear)
        .send()
        .await
        .expect(400);
    assert_eq!(api.events_written().await, before);
    api.get(&path).send().await.expect(200);
}

#[tokio::test]
async fn events_and_catalogue_outlive_the_server_and_events_leave_when_there_is_a_publisher() {
    let folder = Folder::new();
    let api = Api::of(ReferenceServer::builder().database(folder.database())).await;
    let (product, _) = api.on_sale("Jacket").await;
    let (other, _) = api.on_sale("Boots").await;
    let shown = api.get(&format!("/products/{product}")).send().await.expect(200);
    assert_eq!(api.server.events().await.expect("counts").waiting, 6);
    api.server.shutdown().await.expect("it stops");

    let (broker, queue) = broker();
    let server = ReferenceServer::builder()
        .database(folder.database())
        .publisher(broker)
        .relay(relay());
    let api = Api::of(server).await;
    assert_eq!(
        api.get(&format!("/products/{product}")).send().await.expect(200),
        shown
    );
    let mut last: HashMap<String, u64> = HashMap::new();
    for _ in 0..6 {
        let (_, key, sequence) = next_event(&queue).await;
        let before = last.insert(key, sequence).unwrap_or(0);
        assert_eq!(sequence, before + 1, "in order and without a hole");
    }
    assert_eq!((last[&product], last[&other]), (3, 3));
    api.set_status(&product, "INACTIVE").await;
    assert_eq!(next_event(&queue).await.2, 4, "numbers go on where they were");
    api.server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn concurrent_changes_are_numbered_without_a_hole() {
    let (api, queue) = published().await;
    let (product, variant) = api.on_sale("Jacket").await;
    let token = api.server.token(&[Role::Manager], &[]);
    let put = format!("/products/variants/{variant}/price");
    let changes = (1..=20).map(|amount| {
        let price = json!({ "basePrice": amount.to_string(), "currency": "USD", "priceType": "REGULAR" });
        api.request(Method::PUT, &put).bearer(&token).json(&price).send()
    });
    for answer in futures_util::future::join_all(changes).await {
        answer.expect(200);
    }
    for expected in 1..=23 {
        let (_, key, sequence) = next_event(&queue).await;
        assert_eq!((key, sequence), (product.clone(), expected));
    }
}

#[tokio::test]
async fn what_was_changed_is_on_record() {
    let folder = Folder::new();
    let api = Api::of(ReferenceServer::builder().database(folder.database())).await;
    let (product, _) = api.on_sale("Jacket").await;
    api.server.shutdown().await.expect("it stops");
    let mut database = <sqlx::SqliteConnection as sqlx::Connection>::connect(&folder.database())
        .await
        .expect("it opens");
    let rows: Vec<(String, String, String, String)> = sqlx::query_as(
        "SELECT actor, action, before ->> 'status', after ->> 'status' FROM audit WHERE entity_id = ? AND before IS NOT NULL",
    )
    .bind(&product)
    .fetch_all(&mut database)
    .await
    .expect("the table is there");
    let expected = ["manager", "update", "DRAFT", "ACTIVE"].map(str::to_owned);
    assert_eq!(rows, [<(String, String, String, String)>::from(expected)]);
}
