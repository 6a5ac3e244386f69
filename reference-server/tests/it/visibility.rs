//! Who may see what.

use crate::access::everybody;
use crate::api::{Api, text};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn drafts_are_seen_by_those_who_write_and_by_services_alone() {
    let api = Api::start().await;
    let draft = text(&api.product("Draft").await["id"]);
    let variants = format!("/products/{draft}/variants");
    let body = json!({ "sku": "D", "name": "D",
        "price": { "basePrice": "1.00", "currency": "USD", "priceType": "REGULAR" } });
    let variant = api
        .manager(Method::POST, &variants)
        .json(&body)
        .send()
        .await
        .expect(201);
    let variant = text(&variant["id"]);
    let paths = [
        format!("/products/{draft}"),
        variants,
        format!("/products/variants/{variant}"),
        format!("/products/variants/{variant}/price"),
    ];
    for (who, token) in everybody(&api) {
        let sees = !["warehouse", "user", "stranger"].contains(&who);
        for path in &paths {
            let answer = api.get(path).bearer(&token).send().await;
            assert_eq!(answer.status, if sees { 200 } else { 404 }, "{who} {path}");
        }
        let listed = api.get("/products").bearer(&token).send().await.expect(200);
        assert_eq!(listed["total"], u32::from(sees), "{who}");
    }
    for path in &paths {
        api.get(path).send().await.expect_error(404, "NotFound");
    }
}

#[tokio::test]
async fn a_draft_variant_is_hidden_in_a_product_that_is_not() {
    let api = Api::start().await;
    let (product, _) = api.on_sale("Jacket").await;
    let path = format!("/products/{product}/variants");
    let body = json!({ "sku": "D", "name": "D", "status": "DRAFT" });
    let variant = api
        .manager(Method::POST, &path)
        .json(&body)
        .send()
        .await
        .expect(201);
    api.get(&format!("/products/variants/{}", text(&variant["id"])))
        .send()
        .await
        .expect_error(404, "NotFound");
    assert_eq!(api.get(&path).send().await.expect(200)["total"], 1);
    assert_eq!(
        api.manager(Method::GET, &path).send().await.expect(200)["total"],
        2
    );
}
