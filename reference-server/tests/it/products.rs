//! Creating, reading and listing products.

use crate::api::{Api, text};
use reference_server::ReferenceServer;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

/// A product with every field that there is.
pub(crate) fn full(category: &str) -> Value {
    json!({
        "name": "Trail Jacket",
        "description": "<p onclick=\"x()\">A <b>light</b> jacket.</p><script>alert(1)</script>",
        "shortDescription": "Light and dry.",
        "brand": "Northwind",
        "categoryIds": [category],
        "tags": ["outdoor", "rain", "outdoor"],
        "attributes": [{ "name": "Material", "value": "Nylon" }],
        "images": [{ "url": "https://images.example.com/j.jpg", "alt": "A jacket", "position": 0.0 }],
        "searchKeywords": ["anorak"],
        "countryOfOrigin": "PT",
        "isHazardousMaterial": true,
        "metadata": { "season": "autumn" },
    })
}

#[tokio::test]
async fn a_product_is_created_as_a_draft_and_reads_back_as_it_was_answered() {
    let api = Api::start().await;
    let category = api.category().await;
    let created = api
        .manager(Method::POST, "/products")
        .json(&full(&category))
        .send()
        .await;
    let (location, etag) = (
        created.header("location").to_owned(),
        created.header("etag").to_owned(),
    );
    let product = created.expect(201);
    assert_eq!(location, format!("/api/v1/products/{}", text(&product["id"])));
    assert_eq!(product["status"], "DRAFT");
    assert_eq!(product["version"], 1);
    assert_eq!(product["description"], "<p>A <b>light</b> jacket.</p>");
    assert_eq!(product["tags"], json!(["outdoor", "rain"]));
    assert_eq!(product["averageRating"], Value::Null);
    assert_eq!(product["reviewCount"], 0);

    let path = format!("/products/{}", text(&product["id"]));
    let read = api.manager(Method::GET, &path).send().await;
    assert_eq!(read.header("etag"), etag);
    assert_eq!(read.header("cache-control"), "no-cache");
    assert_eq!(read.expect(200), product);
}

#[tokio::test]
async fn head_answers_what_get_would_without_its_body() {
    let api = Api::start().await;
    let (product, _) = api.on_sale("Jacket").await;
    let path = format!("/products/{product}");
    let get = api.get(&path).send().await;
    let head = api.request(Method::HEAD, &path).send().await;
    assert_eq!(head.header("etag"), get.header("etag"));
    assert_eq!(head.expect(200), Value::Null);
    let missing = format!("/products/{}", uuid::Uuid::now_v7());
    assert_eq!(
        api.request(Method::HEAD, &missing).send().await.expect(404),
        Value::Null
    );
}

#[tokio::test]
async fn a_product_and_its_first_variants_are_created_together_or_not_at_all() {
    let api = Api::start().await;
    let mut body = full(&api.category().await);
    let variant = |sku: &str| json!({ "sku": sku, "name": "L", "price": { "basePrice": "10", "currency": "USD", "priceType": "REGULAR" } });
    body["variants"] = json!([variant("A"), variant("B"), variant("A")]);
    let details = api.manager(Method::POST, "/products").json(&body).send().await;
    let details = details.expect_error(400, "ValidationError");
    assert_eq!(
        details,
        json!({ "variants[2].sku": "is repeated in this product" })
    );

    body["variants"] = json!([variant("A"), variant("B")]);
    let product = api
        .manager(Method::POST, "/products")
        .json(&body)
        .send()
        .await
        .expect(201);
    let path = format!("/products/{}/variants", text(&product["id"]));
    let variants = api.manager(Method::GET, &path).send().await.expect(200);
    assert_eq!(variants["total"], 2);
    assert_eq!(variants["items"][0]["sku"], "A");
    assert_eq!(variants["items"][1]["price"]["amount"], "10.00");

    body["name"] = json!("Another Jacket");
    body["variants"] = json!([variant("C"), variant("B")]);
    let conflict = api.manager(Method::POST, "/products").json(&body).send().await;
    assert_eq!(
        conflict.expect_error(409, "Conflict"),
        json!({ "variants[1].sku": "is already used" })
    );
    let listed = api
        .manager(Method::GET, "/products?search=another")
        .send()
        .await
        .expect(200);
    assert_eq!(listed["total"], 0, "nothing of the refused product is there");
}

#[tokio::test]
async fn every_problem_of_a_body_is_told_at_once() {
    let api = Api::start().await;
    let body = json!({
        "name": "ab",
        "brand": 7,
        "categoryIds": [],
        "tags": null,
        "images": [{ "url": "javascript:alert(1)", "position": 1.5 }],
        "countryOfOrigin": "pt",
        "colour": "red",
        "description": "x".repeat(10_001),
    });
    let details = api.manager(Method::POST, "/products").json(&body).send().await;
    let details = details.expect_error(400, "ValidationError");
    assert_eq!(
        details,
        json!({
            "brand": "must be a string",
            "colour": "is not a field of this request",
            "description": "must have at most 10000 characters",
            "images[0].position": "must be a non-negative integer",
            "tags": "must be a list",
        })
    );
    let body = json!({
        "name": "ab",
        "brand": "",
        "categoryIds": [],
        "images": [{ "url": "javascript:alert(1)", "position": 1 }],
        "countryOfOrigin": "pt",
    });
    let details = api.manager(Method::POST, "/products").json(&body).send().await;
    let details = details.expect_error(400, "ValidationError");
    let fields: Vec<&String> = details.as_object().expect("an object").keys().collect();
    let expected = ["brand", "categoryIds", "countryOfOrigin", "images[0].url", "name"];
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn lengths_are_counted_in_characters() {
    let api = Api::start().await;
    let category = api.category().await;
    let mut body = json!({ "name": "ü".repeat(255), "brand": "B", "categoryIds": [category] });
    api.manager(Method::POST, "/products")
        .json(&body)
        .send()
        .await
        .expect(201);
    body["name"] = json!("ü".repeat(256));
    api.manager(Method::POST, "/products")
        .json(&body)
        .send()
        .await
        .expect_error(400, "ValidationError");
}

#[tokio::test]
async fn a_category_that_does_not_exist_is_refused_by_its_place() {
    let api = Api::start().await;
    let ids = [api.category().await, uuid::Uuid::now_v7().to_string()];
    let body = json!({ "name": "Jacket", "brand": "B", "categoryIds": ids });
    let details = api.manager(Method::POST, "/products").json(&body).send().await;
    assert_eq!(
        details.expect_error(400, "ValidationError"),
        json!({ "categoryIds[1]": "does not exist" })
    );
}

#[tokio::test]
async fn a_list_is_filtered_sorted_and_paged() {
    let api = Api::start().await;
    for name in ["Boots", "Coat", "Anorak"] {
        api.on_sale(name).await;
    }
    api.product("Draft").await;
    let names = async |query: &str| -> Vec<String> {
        let page = api.get(&format!("/products{query}")).send().await.expect(200);
        page["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| text(&item["name"]))
            .collect()
    };
    assert_eq!(names("").await, ["Boots", "Coat", "Anorak"]);
    assert_eq!(names("?sort=name").await, ["Anorak", "Boots", "Coat"]);
    assert_eq!(names("?sort=-name").await, ["Coat", "Boots", "Anorak"]);
    assert_eq!(
        names("?sort=createdAt:desc,id").await,
        ["Anorak", "Coat", "Boots"]
    );
    assert_eq!(names("?sort=-name,name,-name").await, ["Coat", "Boots", "Anorak"]);
    assert_eq!(names("?sort=name&limit=2&page=2").await, ["Coat"]);
    assert_eq!(names("?search=OAT").await, ["Coat"]);
    assert_eq!(
        names("?brand=northWIND&status=active&sort=name&limit=1").await,
        ["Anorak"]
    );
    assert_eq!(names("?brand=nobody").await, [""; 0]);
    assert_eq!(names("?status=DRAFT").await, [""; 0]);
    assert_eq!(
        names(&format!("?sort=name&categoryId={}", api.category().await))
            .await
            .len(),
        3
    );
    let page = api.get("/products?limit=2").send().await.expect(200);
    assert_eq!(
        (&page["total"], &page["page"], &page["limit"]),
        (&json!(3), &json!(1), &json!(2))
    );
}

#[tokio::test]
async fn a_search_finds_within_one_field_only() {
    let api = Api::start().await;
    let mut body = full(&api.category().await);
    body["tags"] = json!(["first", "second\nline"]);
    api.manager(Method::POST, "/products")
        .json(&body)
        .send()
        .await
        .expect(201);
    for (search, found) in [
        ("first", 1),
        ("second%0Aline", 1),
        ("second+line", 1),
        ("northwind%0Afirst", 0),
        ("first%0Asecond", 0),
        ("first+second", 0),
    ] {
        let path = format!("/products?search={search}");
        let page = api.manager(Method::GET, &path).send().await.expect(200);
        assert_eq!(page["total"], found, "{search}");
    }
}

#[tokio::test]
async fn hostile_html_is_dealt_with_in_time_and_keeps_nobody_waiting() {
    let api = Api::of(ReferenceServer::builder().request_timeout(Duration::from_secs(10))).await;
    let category = api.category().await;
    let hostile = |html: String| json!({ "name": "Jacket", "brand": "B", "categoryIds": [category], "description": html });
    for html in [
        "<div>".repeat(200_000),
        "<b>".repeat(20_000) + &"<p></b>".repeat(60_000),
    ] {
        let answer = api.manager(Method::POST, "/products").json(&hostile(html));
        let details = answer.send().await.expect_error(400, "ValidationError");
        assert_eq!(
            details,
            json!({ "description": "must have at most 10000 characters" })
        );
    }
    let deepest = api
        .manager(Method::POST, "/products")
        .json(&hostile("<div>".repeat(2_000)));
    assert_ne!(deepest.send().await.status, 408);
    api.product("Boots").await;
}

#[tokio::test]
async fn metadata_is_kept_as_it_is_down_to_thirty_two_levels() {
    let api = Api::start().await;
    let category = api.category().await;
    let nested = |levels: usize| (0..levels).fold(json!("x"), |inner, _| json!([inner]));
    let mut body = json!({ "name": "Jacket", "brand": "B", "categoryIds": [category] });
    body["metadata"] = json!({ "deep": nested(33) });
    let details = api.manager(Method::POST, "/products").json(&body).send().await;
    let details = details.expect_error(400, "ValidationError");
    assert_eq!(
        details,
        json!({ "metadata": "must be nested at most 32 levels deep" })
    );
    body["metadata"] = json!({ "deep": nested(32), "null": null, "number": 1.5 });
    let product = api.manager(Method::POST, "/products").json(&body).send().await;
    assert_eq!(product.expect(201)["metadata"], body["metadata"]);
}
