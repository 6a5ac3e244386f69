//! Variants: their own life, and what follows from that of their product.

use crate::api::{Api, text};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_variant_is_created_and_reads_back() {
    let api = Api::start().await;
    let (product, first) = api.on_sale("Jacket").await;
    let path = format!("/products/{product}/variants");
    let body = json!({ "sku": "J-XL", "name": "XL", "attributes": [{ "name": "Size", "value": "XL" }] });
    let created = api.manager(Method::POST, &path).json(&body).send().await;
    let location = created.header("location").to_owned();
    let etag = created.header("etag").to_owned();
    let variant = created.expect(201);
    assert_eq!(
        location,
        format!("/api/v1/products/variants/{}", text(&variant["id"]))
    );
    assert_eq!(variant["status"], "ACTIVE");
    assert_eq!(variant["inventoryStatus"], "UNKNOWN");
    assert_eq!(variant["inventorySetup"], "READY");
    assert_eq!(variant.get("price"), None);
    assert_eq!(variant["purchasable"], false, "it has no price yet");

    let read = api.request_at(Method::GET, &location).send().await;
    assert_eq!(read.header("etag"), etag);
    assert_eq!(read.expect(200), variant);
    let page = api.get(&path).send().await.expect(200);
    let ids: Vec<_> = page["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| text(&item["id"]))
        .collect();
    assert_eq!(ids, [first, text(&variant["id"])], "oldest first");
}

#[tokio::test]
async fn a_variant_is_purchasable_only_while_it_and_its_product_are_active() {
    let api = Api::start().await;
    let (product, variant) = api.on_sale("Jacket").await;
    let path = format!("/products/variants/{variant}");
    let purchasable = async || api.get(&path).send().await.expect(200)["purchasable"].clone();
    assert_eq!(purchasable().await, true);
    api.set_status(&product, "INACTIVE").await;
    assert_eq!(purchasable().await, false);
    api.set_status(&product, "ACTIVE").await;
    api.manager(Method::PATCH, &path)
        .json(&json!({ "status": "INACTIVE" }))
        .send()
        .await
        .expect(200);
    assert_eq!(purchasable().await, false);
}

#[tokio::test]
async fn a_sku_is_unique_until_its_variant_is_deleted() {
    let api = Api::start().await;
    let (product, variant) = api.on_sale("Jacket").await;
    let path = format!("/products/{product}/variants");
    let same = json!({ "sku": "Jacket-L", "name": "L" });
    api.manager(Method::POST, &path)
        .json(&same)
        .send()
        .await
        .expect_error(409, "Conflict");
    let other = json!({ "sku": "Jacket-XL", "name": "XL" });
    let other = api
        .manager(Method::POST, &path)
        .json(&other)
        .send()
        .await
        .expect(201);
    let other = format!("/products/variants/{}", text(&other["id"]));
    let patch = json!({ "sku": "Jacket-L" });
    let conflict = api.manager(Method::PATCH, &other).json(&patch).send().await;
    assert_eq!(
        conflict.expect_error(409, "Conflict"),
        json!({ "sku": "is already used" })
    );

    let path = format!("/products/variants/{variant}");
    api.manager(Method::DELETE, &path).send().await.expect(204);
    api.get(&path).send().await.expect_error(404, "NotFound");
    let patched = api
        .manager(Method::PATCH, &other)
        .json(&patch)
        .send()
        .await
        .expect(200);
    assert_eq!(
        (&patched["sku"], &patched["version"]),
        (&json!("Jacket-L"), &json!(2))
    );
}

#[tokio::test]
async fn a_variant_breaks_its_rules_by_name() {
    let api = Api::start().await;
    let (product, _) = api.on_sale("Jacket").await;
    let path = format!("/products/{product}/variants");
    let body = json!({
        "sku": " x",
        "name": "",
        "status": "INACTIVE",
        "price": { "basePrice": "10.00", "salePrice": "11.00", "currency": "USD", "priceType": "SALE",
            "effectiveFrom": "2999-01-01T00:00:00Z" },
    });
    let details = api.manager(Method::POST, &path).json(&body).send().await;
    let details = details.expect_error(400, "ValidationError");
    let fields: Vec<&String> = details.as_object().expect("an object").keys().collect();
    assert_eq!(
        fields,
        ["name", "price.effectiveFrom", "price.salePrice", "sku", "status"]
    );
    let missing = format!("/products/{}/variants", uuid::Uuid::now_v7());
    let body = json!({ "sku": "x", "name": "x" });
    api.manager(Method::POST, &missing)
        .json(&body)
        .send()
        .await
        .expect_error(404, "NotFound");
    api.get(&missing).send().await.expect_error(404, "NotFound");
}

#[tokio::test]
async fn a_batch_answers_in_order_and_names_what_is_missing() {
    let api = Api::start().await;
    let service = api.server.token(&[], &["products:read"]);
    let (first_product, first) = api.on_sale("Jacket").await;
    let (second_product, second) = api.on_sale("Boots").await;
    let nobody = uuid::Uuid::now_v7().to_string();
    let cases = [
        (
            "/products/variants/batch",
            [second.clone(), nobody.clone(), first.clone()],
        ),
        ("/products/batch", [second_product, nobody.clone(), first_product]),
    ];
    for (path, ids) in cases {
        let mut twice = ids.to_vec();
        twice.extend(ids.clone());
        let body = json!({ "ids": twice });
        let batch = api
            .request(Method::POST, path)
            .bearer(&service)
            .json(&body)
            .send()
            .await
            .expect(200);
        let found: Vec<_> = batch["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| text(&item["id"]))
            .collect();
        assert_eq!(found, [ids[0].clone(), ids[2].clone()]);
        assert_eq!(batch["missing"], json!([nobody]));
        for wrong in [json!([]), json!(vec![nobody.clone(); 101]), json!(["x"])] {
            let refused = api
                .request(Method::POST, path)
                .bearer(&service)
                .json(&json!({ "ids": wrong }))
                .send()
                .await;
            refused.expect_error(400, "ValidationError");
        }
    }
}

#[tokio::test]
async fn categories_are_read_as_a_tree() {
    let api = Api::start().await;
    let root = api.category().await;
    let category = api.get(&format!("/categories/{root}")).send().await;
    assert_ne!(category.header("etag"), "");
    let category = category.expect(200);
    assert_eq!(category["level"], 1);
    assert_eq!(category["parentId"], serde_json::Value::Null);
    assert_eq!(category["path"], format!("/{root}"));
    assert_eq!(category["children"], json!([]));
    let below = api
        .get(&format!("/categories?parentId={root}"))
        .send()
        .await
        .expect(200);
    assert_eq!(below["total"], 0);
    let missing = format!("/categories/{}", uuid::Uuid::now_v7());
    api.get(&missing).send().await.expect_error(404, "NotFound");
}
