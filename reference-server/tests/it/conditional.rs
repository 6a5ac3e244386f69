//! Entity tags: reading again only what is another one, changing only what was seen.

use crate::api::{Api, text};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn what_the_caller_holds_is_not_sent_again() {
    let api = Api::start().await;
    let (product, variant) = api.on_sale("Jacket").await;
    let paths = [
        format!("/products/{product}"),
        format!("/products/variants/{variant}"),
        format!("/products/variants/{variant}/price"),
        format!("/categories/{}", api.category().await),
    ];
    for path in paths {
        let etag = api.get(&path).send().await.header("etag").to_owned();
        for held in [etag.clone(), format!("\"other\", W/{etag}"), "*".to_owned()] {
            let answer = api.get(&path).header("if-none-match", &held).send().await;
            assert_eq!(answer.header("etag"), etag);
            assert_eq!(answer.expect(304), Value::Null);
        }
        for other in ["\"other\"", "odd", "", "\u{e4}"] {
            api.get(&path)
                .header("if-none-match", other)
                .send()
                .await
                .expect(200);
        }
    }
}

#[tokio::test]
async fn a_variant_has_another_tag_when_its_price_or_its_products_status_is_another() {
    let api = Api::start().await;
    let (product, variant) = api.on_sale("Jacket").await;
    let path = format!("/products/variants/{variant}");
    let etag = async || api.get(&path).send().await.header("etag").to_owned();
    let first = etag().await;
    let price = json!({ "basePrice": "99.00", "currency": "USD", "priceType": "REGULAR" });
    api.manager(Method::PUT, &format!("{path}/price"))
        .json(&price)
        .send()
        .await
        .expect(200);
    let second = etag().await;
    api.set_status(&product, "INACTIVE").await;
    let third = etag().await;
    assert!(first != second && second != third && first != third);
}

#[tokio::test]
async fn a_change_is_made_only_to_what_the_caller_has_seen() {
    let api = Api::start().await;
    let (product, variant) = api.on_sale("Jacket").await;
    for path in [
        format!("/products/variants/{variant}"),
        format!("/products/{product}"),
    ] {
        let seen = api.get(&path).send().await.header("etag").to_owned();
        let patch = |name: &str, condition: &str| {
            api.manager(Method::PATCH, &path)
                .header("if-match", condition)
                .json(&json!({ "name": name }))
                .send()
        };
        let changed = patch("First change", &seen).await;
        let now = changed.header("etag").to_owned();
        assert_eq!(text(&changed.expect(200)["name"]), "First change");
        for stale in [seen.as_str(), "odd", "W/\"x\"", "\"\"", "\u{e4}"] {
            patch("Second change", stale)
                .await
                .expect_error(412, "PreconditionFailed");
        }
        let read = api.get(&path).send().await;
        assert_eq!(read.header("etag"), now);
        patch("Third change", &format!("\"x\", {now}")).await.expect(200);
        patch("Fourth change", "*").await.expect(200);
        let delete = api
            .manager(Method::DELETE, &path)
            .header("if-match", &seen)
            .send()
            .await;
        delete.expect_error(412, "PreconditionFailed");
        api.manager(Method::DELETE, &path)
            .header("if-match", "*")
            .send()
            .await
            .expect(204);
        patch("Too late", &seen).await.expect_error(404, "NotFound");
    }
}
