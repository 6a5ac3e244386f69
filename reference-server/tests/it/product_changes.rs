//! Changing and deleting products.

use crate::api::{Api, text};
use crate::products::full;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_name_is_unique_within_its_brand_until_the_product_is_deleted() {
    let api = Api::start().await;
    let (product, _) = api.on_sale("Jacket").await;
    let category = api.category().await;
    let same = json!({ "name": "Jacket", "brand": "Northwind", "categoryIds": [category] });
    api.manager(Method::POST, "/products")
        .json(&same)
        .send()
        .await
        .expect_error(409, "Conflict");
    let other_brand = json!({ "name": "Jacket", "brand": "Southwind", "categoryIds": [category] });
    let other = api
        .manager(Method::POST, "/products")
        .json(&other_brand)
        .send()
        .await
        .expect(201);
    let to_taken = json!({ "brand": "Northwind" });
    let path = format!("/products/{}", text(&other["id"]));
    api.manager(Method::PATCH, &path)
        .json(&to_taken)
        .send()
        .await
        .expect_error(409, "Conflict");

    api.manager(Method::DELETE, &format!("/products/{product}"))
        .send()
        .await
        .expect(204);
    let mut again = same;
    again["variants"] = json!([{ "sku": "Jacket-L", "name": "L" }]);
    api.manager(Method::POST, "/products")
        .json(&again)
        .send()
        .await
        .expect(201);
}

#[tokio::test]
async fn a_deleted_product_is_gone_for_all_and_with_it_its_variants() {
    let api = Api::start().await;
    let (product, variant) = api.on_sale("Jacket").await;
    let path = format!("/products/{product}");
    assert_eq!(
        api.manager(Method::DELETE, &path).send().await.expect(204),
        Value::Null
    );
    for path in [
        path.clone(),
        format!("{path}/variants"),
        format!("/products/variants/{variant}"),
        format!("/products/variants/{variant}/price"),
    ] {
        api.manager(Method::GET, &path)
            .send()
            .await
            .expect_error(404, "NotFound");
    }
    api.manager(Method::DELETE, &path)
        .send()
        .await
        .expect_error(404, "NotFound");
    api.manager(Method::PATCH, &path)
        .json(&json!({}))
        .send()
        .await
        .expect_error(404, "NotFound");
}

#[tokio::test]
async fn a_merge_patch_tells_absent_from_null() {
    let api = Api::start().await;
    let body = full(&api.category().await);
    let product = api
        .manager(Method::POST, "/products")
        .json(&body)
        .send()
        .await
        .expect(201);
    let path = format!("/products/{}", text(&product["id"]));
    let patch = json!({
        "name": "Rain Jacket",
        "shortDescription": null,
        "metadata": { "season": null, "year": 2026 },
    });
    let media_type = "application/merge-patch+json";
    let patched = api
        .manager(Method::PATCH, &path)
        .body(media_type, patch.to_string())
        .send()
        .await
        .expect(200);
    assert_eq!(patched["name"], "Rain Jacket");
    assert_eq!(patched.get("shortDescription"), None);
    assert_eq!(patched["countryOfOrigin"], "PT");
    assert_eq!(patched["metadata"], json!({ "year": 2026 }));
    assert_eq!(patched["version"], 2);

    let refused = api
        .manager(Method::PATCH, &path)
        .json(&json!({ "name": null }))
        .send()
        .await;
    refused.expect_error(400, "ValidationError");
    let same = api
        .manager(Method::PATCH, &path)
        .json(&json!({ "name": "Rain Jacket" }))
        .send()
        .await
        .expect(200);
    assert_eq!(
        same, patched,
        "a patch that changes nothing changes no version either"
    );
}

#[tokio::test]
async fn the_status_goes_only_along_its_transitions() {
    let api = Api::start().await;
    let product = api.product("Jacket").await;
    let path = format!("/products/{}", text(&product["id"]));
    let steps = [
        ("INACTIVE", 409),
        ("ACTIVE", 200),
        ("active", 200),
        ("DRAFT", 409),
        ("INACTIVE", 200),
        ("ACTIVE", 200),
        ("DISCONTINUED", 200),
        ("ACTIVE", 409),
        ("ARCHIVED", 400),
    ];
    for (status, expected) in steps {
        let answer = api
            .manager(Method::PATCH, &path)
            .json(&json!({ "status": status }))
            .send()
            .await;
        assert_eq!(answer.status, expected, "to {status}: {}", answer.body);
    }
}
